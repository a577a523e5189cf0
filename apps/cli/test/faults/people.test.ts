import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Provider } from "@vaultlink/core";
import { defineProvider } from "@vaultlink/core/provider";
import { describe, expect, it } from "vitest";
import { disconnect } from "../../src/commands/disconnect/disconnect.ts";
import { doctor } from "../../src/commands/doctor/doctor.ts";
import { explain } from "../../src/commands/explain/explain.ts";
import { connect } from "../../src/commands/connect/connect.ts";
import { get } from "../../src/commands/get.ts";
import { link } from "../../src/commands/link.ts";
import { list } from "../../src/commands/list.ts";
import { reauth } from "../../src/commands/reauth.ts";
import { status } from "../../src/commands/status.ts";
import { schemaReference } from "../../src/config/schema-reference.ts";
import { toJson } from "../../src/output/clean.ts";
import { openShell, openConnectedShell } from "../shell.ts";
import { memoryPlugin, openWorld, personWho, type TestWorld } from "../context.ts";

const CONNECTIONS = { mem: { provider: "memory", url: "memory:" } };

/** A world whose person gives these answers, and has no credentials otherwise. */
async function asking(...answers: readonly string[]): Promise<TestWorld & { readonly asked: readonly string[] }> {
  const prompter = personWho(...answers);
  const context = await openWorld({ a: "vlcanary-a" }, { env: {}, prompter });
  await writeFile(context.userFile, JSON.stringify({ version: 1, connections: CONNECTIONS }));
  await writeFile(context.projectFile, JSON.stringify({ version: 1, links: { A: "mem://a" } }));
  return { ...context, asked: prompter.asked };
}

describe("N6, N9: a person who is asked", () => {
  it("is told for which connection, and asked again after a wrong answer", async () => {
    const context = await asking("vlcanary-wrong", "vlcanary-mistyped", "vlcanary-right");
    await get(context, "A");
    expect(context.asked).toEqual(["mem: Token", "mem: Token", "mem: Token"]);
  });

  it("is asked three times and no more", async () => {
    const context = await asking("vlcanary-1", "vlcanary-2", "vlcanary-3", "vlcanary-right");
    await expect(reauth(context, "mem", () => ({}))).rejects.toMatchObject({ code: "unauthenticated" });
    expect(context.asked).toHaveLength(3);
  });

  it("may mistype a new link's reference", async () => {
    const context = await asking("Type a reference", "mem:a", "nope://a", "mem://a");
    await link(context, "B", undefined);
    expect(context.asked.slice(1)).toEqual(
      Array.from({ length: 3 }, () => "B: reference (leave empty to declare the name only)"),
    );
    expect(await readFile(context.projectFile, "utf8")).toMatch(/"B": ?"mem:\/\/a"/);
  });

  it("is told for which connection something is to be done elsewhere", async () => {
    const create = (): Provider =>
      defineProvider({
        name: "memory",
        async open({ prompter }) {
          prompter?.show("Enter the code 1234.");
          return { identity: "somebody", read: async () => ({ value: "vlcanary-a" }) };
        },
      });
    const shown: string[] = [];
    const prompter = { ...personWho(), show: (line: string) => void shown.push(line) };
    const context = await openWorld({}, { env: {}, prompter, plugin: { create } });
    await writeFile(context.userFile, JSON.stringify({ version: 1, connections: CONNECTIONS }));
    await reauth(context, "mem", () => ({}));
    expect(shown).toEqual(["mem: Enter the code 1234."]);
  });

  it("is asked for settings by connection", async () => {
    const context = await asking("memory:asked", "vlcanary-right");
    await connect(context, { provider: "memory", plugin: memoryPlugin({}), name: "new", given: {} });
    expect(context.asked).toEqual(["new: Where it is.", "new: Token"]);
  });
});

describe("N7, M14: status says what is so", () => {
  it("never signed in is its own state, and the problem has its own column", async () => {
    const context = await openWorld({}, { env: {} });
    await writeFile(context.userFile, JSON.stringify({ version: 1, connections: CONNECTIONS }));
    const { body, exit, json } = await status(context, { check: true });
    expect(body[0]).toMatchObject({
      heads: ["CONNECTION", "PROVIDER", "WHERE", "STATE", "IDENTITY", "PROBLEM"],
      rows: [["mem", "memory", "url memory:", { text: "not signed in" }, "", "The token is wrong or missing."]],
    });
    expect([exit, json]).toMatchObject([76, { connections: [{ state: "not signed in" }] }]);
  });

  it.each<[string, object, RegExp]>([
    ["an unknown provider", { provider: "memry", url: "memory:" }, /no such provider; did you mean memory/],
    ["a mistyped option", { provider: "memory", ulr: "memory:" }, /url|ulr/],
  ])("%s is an error, not 0", async (_what, mem, sentence) => {
    const message: unknown = expect.stringMatching(sentence);
    const context = await openWorld();
    await writeFile(context.userFile, JSON.stringify({ version: 1, connections: { mem } }));
    const { exit, json } = await status(context, { check: true });
    expect([exit, json]).toMatchObject([78, { connections: [{ state: "failed", error: { message } }] }]);
  });
});

it("who names no connection to disconnect chooses one, and agrees", async () => {
  const prompter = personWho("mem", true);
  const context = await openWorld({}, { prompter });
  await writeFile(context.userFile, JSON.stringify({ version: 1, connections: CONNECTIONS }));
  expect((await disconnect(context, undefined)).body[0]).toBe("mem is disconnected.");
  expect(prompter.asked).toEqual(["Disconnect which connection?", "Disconnect mem?"]);
});

it("N8: status, explain and doctor say who one is in words that a person knows; JSON has the id, too", async () => {
  const plugin = { displayName: (identity: string) => `${identity} of the team` };
  const context = await openWorld({ a: "vlcanary-a" }, { plugin });
  await writeFile(context.userFile, JSON.stringify({ version: 1, connections: CONNECTIONS }));
  await writeFile(context.projectFile, JSON.stringify({ version: 1, links: { A: "mem://a" } }));
  const shown = await status(context, { check: true });
  expect(shown.body[0]).toMatchObject({
    rows: [["mem", "memory", "url memory:", { text: "ready" }, "somebody of the team"]],
  });
  expect(shown.json).toMatchObject({ connections: [{ identity: "somebody", displayName: "somebody of the team" }] });
  expect(JSON.stringify((await explain(context, "A", { check: true })).body)).toContain("somebody of the team");
  expect(JSON.stringify((await doctor(context, "mem")).body)).toContain("as somebody of the team");
});

describe("M15, N16: list and its hints", () => {
  it("a project's unknown provider: every hint is to edit the file", async () => {
    const shell = await openShell();
    const connections = { mem: { provider: "memory", url: "memory:" } };
    await shell.writeProject({ version: 1, connections, links: { A: "mem://a" } });
    for (const args of [["list"], ["status"], ["trust", "--yes"]]) {
      const { stdout, lines } = await shell(...args);
      const said = `${stdout}\n${lines.join("\n")}`;
      expect([args, said.includes(`try: Edit ${shell.projectFile}`)]).toEqual([args, true]);
      expect(said).not.toMatch(/try: vaultlink (?:trust|connect --help)/);
    }
    expect((await shell("connect", "--help")).stdout).toMatch(/1password, aws, azure, hashicorp/);
  });

  it("what was not asked is unknown", async () => {
    const context = await asking();
    expect((await list(context)).body[0]).toMatchObject({ rows: [["A", "mem://a", "project", { text: "unknown" }]] });
  });
});

describe("N11: link says at once what fails later", () => {
  it.each([
    ["has-dash", /No environment variable can have this name.*To undo: vaultlink unlink has-dash/],
    ["PATH", /take orders from a variable of this name.*To undo: vaultlink unlink PATH/],
  ])("%s", async (name, sentence) => {
    const context = await asking();
    await link(context, name, "mem://a", { yes: true });
    expect(context.notices).toEqual([expect.stringMatching(sentence)]);
  });

  it.each(["mem:a", "mem/a", "a", "vlcanary-pasted-value"].map((text, at) => [at, text] as const))(
    "no reference: %i",
    async (_at, text) => {
      const context = await asking();
      await expect(link(context, "B", text)).rejects.toMatchObject({ code: "usage" });
      expect(await readFile(context.projectFile, "utf8")).not.toContain('"B"');
    },
  );

  it("an identifier of a vault is taken, with its connection or without", async () => {
    const { shell } = await openConnectedShell();
    const arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:app/db-AbCdEf";
    expect((await shell("link", "A", `${arn}#password`)).code).toBe(0);
    expect((await shell("link", "B", "https://team.vault.azure.net/secrets/db")).code).toBe(0);
  });
});

describe("N15: the schema of a new project file", () => {
  it("is that of the project's installation, at any level, or else an address", async () => {
    const context = await openWorld();
    expect(await schemaReference(context.cwd)).toMatch(/^https:\/\/.+\/vaultlink@.+\/schema\/project\.json$/);
    await rm(context.projectFile, { force: true });
    const folder = join(context.home, "node_modules", "vaultlink", "schema");
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "project.json"), "{}");
    expect(await schemaReference(context.cwd)).toBe("../node_modules/vaultlink/schema/project.json");
    expect(await schemaReference(context.home)).toBe("./node_modules/vaultlink/schema/project.json");
  });
});

it("R19: JSON drives no terminal, and says the same", () => {
  const value = "vlcanary-\u009b31m\u007f\u0085\u2028\u202e\u061c\ud800";
  const text = toJson({ value });
  expect(text).toMatch(/^[\x20-\x7e]+$/);
  expect(JSON.parse(text)).toEqual({ value });
});
