import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Held, openWorld, personWho, type TestWorld } from "../../../test/context.ts";
import type { CliContext } from "../../context.ts";
import { render } from "../../output/render.ts";
import type { Message } from "../../output/result.ts";
import { explain } from "./explain.ts";

const NUMBER: unknown = expect.any(Number);
const HELD: Held = { a: "vlcanary-a", b: "vlcanary-b" };

/** A world whose files have a line for each thing that can be asked about. */
async function explaining(
  { own = "", shared = "" }: { readonly own?: string; readonly shared?: string },
  changes: Partial<CliContext> = {},
): Promise<TestWorld> {
  const context = await openWorld(HELD, changes);
  const user = `{\n  "version": 1,\n  "connections": {\n    "mem": { "provider": "memory", "url": "https://u:vlcanary-p@mem.test/" }\n  },\n  "links": { ${own} }\n}`;
  await writeFile(context.userFile, user);
  await chmod(context.userFile, 0o600);
  await writeFile(context.projectFile, `{\n  "version": 1,\n  "links": {\n    ${shared}\n  }\n}`);
  return context;
}

const shown = ({ body }: Message): string => render({ body }, (_, text) => text).join("\n");

describe("explain", () => {
  it("says file and line, reference, vault and its address; asks no vault and nobody", async () => {
    const prompter = personWho();
    const context = await explaining({ shared: '"A": "mem://a"' }, { env: {}, prompter });
    const message = await explain(context, "A");
    expect(message).toMatchObject({
      exit: 0,
      json: {
        name: "A",
        link: { file: context.projectFile, line: 4, origin: "project" },
        reference: "mem://a",
        connection: {
          name: "mem",
          provider: "memory",
          state: "not opened",
          where: [{ what: "url", value: "https://mem.test/" }],
        },
        state: "unknown",
        value: { cached: false },
        rules: ["The reference names the connection mem.", `mem is defined in ${context.userFile}:4.`],
      },
    });
    expect(shown(message)).toContain(`${context.projectFile}:4 (the project's)`);
    expect([context.log, prompter.asked]).toEqual([[], []]);
  });

  it("names the machine's policy as the file of a connection that it defines", async () => {
    const context = await explaining({ shared: '"A": "team://a"' });
    const file = join(context.home, "policy.json");
    const policy = { version: 1, connections: { team: { provider: "memory", url: "memory:" } } };
    await writeFile(file, JSON.stringify(policy), { mode: 0o644 });
    const place = { file, owner: process.getuid?.(), userName: "somebody" };
    const { json } = await explain({ ...context, policy: place }, "A");
    expect(json["rules"]).toContain(`team is defined in ${file}:1.`);
  });

  it("with --check: who, version and age of the value, which shows nowhere", async () => {
    const context = await explaining({ shared: '"A": "mem://a"' });
    const message = await explain(context, "A", { check: true });
    expect(message).toMatchObject({
      exit: 0,
      json: {
        connection: { state: "ready", identity: "somebody" },
        state: "resolved",
        value: { cached: false, source: "vault", ageMs: NUMBER, expiresInMs: NUMBER },
      },
    });
    expect(shown(message)).toMatch(/signed in as  somebody\n[^]*value +read now; asked for again in 1 h/);
    expect(JSON.stringify(message)).not.toContain("vlcanary");
    expect(context.log).toEqual(["open", "read a"]);
  });

  it("with --check: a failure, its status, and what helps", async () => {
    const context = await explaining({ shared: '"A": "mem://gone"' });
    expect(await explain(context, "A", { check: true })).toMatchObject({
      exit: 66,
      json: {
        state: "unresolved",
        reason: "not-found",
        problem: "A: The vault has no such secret. Its reference is mem://gone.",
        connection: { state: "ready" },
      },
    });
    // As where the agent has said it before.
    const said = await explain(context, "A", { check: true });
    expect(JSON.stringify(said.body).match(/Its reference is/g)).toHaveLength(1);
    const nobody = await explaining({ shared: '"A": "mem://a"' }, { env: {} });
    const unauthenticated = await explain(nobody, "A", { check: true });
    expect(shown(unauthenticated).match(/The token is wrong or missing/g)).toHaveLength(1);
    expect(unauthenticated).toMatchObject({
      exit: 76,
      json: { reason: "not-authenticated", hint: "vaultlink reauth mem", connection: { state: "not signed in" } },
    });
  });

  it.each([
    ["denied", "The vault knows who asks and refuses."],
    ["unusable", "The secret is there, and cannot be given as it is."],
  ] as const)("without it: what an earlier read came to, %s, and what tells more", async (reason, problem) => {
    const context = await explaining({ shared: '"A": "mem://a"' });
    // As the agent remembers it.
    const createVault: CliContext["createVault"] = (options) => {
      const vault = context.createVault(options);
      const status = () => {
        const { links, ...others } = vault.status();
        return { ...others, links: links.map((link) => ({ ...link, state: "unresolved" as const, reason })) };
      };
      return new Proxy(vault, {
        get(of, key) {
          const member: unknown = key === "status" ? status : Reflect.get(of, key);
          return typeof member === "function" ? (member.bind(of) as unknown) : member;
        },
      });
    };
    const message = await explain({ ...context, createVault }, "A");
    expect(message.json).toMatchObject({ reason, problem, hint: "vaultlink explain A --check" });
    expect(shown(message)).toContain(`  problem       ${problem}`);
  });

  it("says of a name that run refuses that it does, and why", async () => {
    const message = await explain(await explaining({ shared: '"PATH": "mem://a"' }), "PATH");
    const says =
      "PATH: Programs take orders from a variable of this name, so run and export fail unless --only names other links.";
    expect(message.json["rules"]).toContain(says);
    expect(message.json).toMatchObject({ hint: "vaultlink unlink PATH" });
  });

  it("says which of two links counts, and what a link's settings mean", async () => {
    const own = '"A": { "reference": "mem://b", "required": false, "enabled": false, "allowedDomains": ["x.test"] }';
    const context = await explaining({ own, shared: '"A": "mem://a"' });
    const { json } = await explain(context, "A");
    expect(json).toMatchObject({
      link: { file: context.userFile, line: 6, origin: "user", required: false, enabled: false },
      reason: "disabled",
      rules: [
        "Your own link of this name goes before the project's.",
        "The link is disabled in its file.",
        "A run may start without it.",
        "Its value may go to x.test only.",
        "The reference names the connection mem.",
        expect.stringContaining("mem is defined in") as unknown,
      ],
    });
  });

  it("takes a reference, and a name without one", async () => {
    const context = await explaining({ shared: '"A": null' });
    expect((await explain(context, "mem://a")).json).toMatchObject({
      reference: "mem://a",
      state: "unknown",
      value: {},
    });
    expect((await explain(context, "A")).json).toMatchObject({ reference: null, reason: "unlinked" });
    await expect(explain(context, "vlcanary-pasted")).rejects.toMatchObject({ code: "unresolved" });
  });

  it("says that a connection is not trusted, or unknown", async () => {
    const context = await explaining({ shared: '"A": "other://a", "B": "nope://a"' });
    await writeFile(
      context.projectFile,
      '{ "version": 1, "links": { "A": "other://a", "B": "nope://a" }, "connections": { "other": { "provider": "memory", "url": "x" } } }',
    );
    expect((await explain(context, "A")).json).toMatchObject({ reason: "untrusted", hint: "vaultlink trust" });
    expect((await explain(context, "B")).json).toMatchObject({ reason: "unknown-connection" });
  });
});
