import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { type Held, openWorld, personWho, type TestWorld } from "../../test/context.ts";
import type { CliContext } from "../context.ts";
import { disconnect } from "./disconnect/disconnect.ts";
import { get } from "./get.ts";
import { link } from "./link.ts";
import { list } from "./list.ts";
import { reauth } from "./reauth.ts";
import { relink } from "./relink.ts";
import { trust } from "./trust.ts";

const HELD: Held = { a: "vlcanary-a", b: "vlcanary-b" };
const CONNECTIONS = { mem: { provider: "memory", url: "memory:" }, other: { provider: "memory", url: "memory:other" } };

/** A world with links on two connections. */
async function linked(links: object, changes: Partial<CliContext> = {}, held: Held = HELD): Promise<TestWorld> {
  const context = await openWorld(held, changes);
  await writeFile(context.userFile, JSON.stringify({ version: 1, connections: CONNECTIONS }));
  await writeFile(context.projectFile, JSON.stringify({ version: 1, links }));
  return context;
}

const files = (context: TestWorld): Promise<readonly string[]> =>
  Promise.all([context.userFile, context.projectFile].map((file) => readFile(file, "utf8")));

describe("a person who cancels", () => {
  it.each<[string, (context: CliContext) => Promise<unknown>]>([
    ["the reference of a new link", (context) => link(context, "NEW", undefined)],
    ["the reference of a relink (S12)", (context) => relink(context, "A", undefined)],
    ["signing in for a relink", (context) => relink(context, "A", "mem://b")],
    ["signing in", (context) => reauth(context, "mem", () => ({}))],
    ["disconnecting", (context) => disconnect(context, "mem")],
  ])("%s changes nothing, and the command says aborted", async (_what, command) => {
    const context = await linked({ A: "mem://a" }, { env: {}, prompter: personWho() });
    const before = await files(context);
    await expect(command(context)).rejects.toMatchObject({ code: "aborted" });
    expect(await files(context)).toEqual(before);
  });

  it.each<[string, (context: CliContext) => Promise<unknown>]>([
    ["disconnecting", (context) => disconnect(context, "mem")],
    ["trusting", (context) => trust(context)],
  ])("who says no to %s changes nothing", async (_what, command) => {
    const context = await linked({ A: "mem://a" }, { prompter: personWho(false) });
    await writeFile(context.projectFile, JSON.stringify({ version: 1, connections: CONNECTIONS }));
    const before = await files(context);
    await command(context);
    expect(await files(context)).toEqual(before);
  });
});

describe("a person who is there", () => {
  it("is asked once for a connection, and what failed is read again", async () => {
    const prompter = personWho("vlcanary-right");
    const context = await linked({ A: "mem://a" }, { env: {}, prompter });
    const { bytes } = await get(context, "A");
    expect(Buffer.from(bytes).toString()).toBe("vlcanary-a\n");
    expect(prompter.asked).toEqual(["mem: Token"]);
  });

  it("E5: signs in for a relink, which then commits", async () => {
    const context = await linked({ A: "mem://a" }, { env: {}, prompter: personWho("vlcanary-right") });
    await relink(context, "A", "mem://b");
    expect(JSON.parse((await files(context))[1] ?? "")).toMatchObject({ links: { A: "mem://b" } });
  });

  it("is told that a login by hand does not last, and the two commands after which it does", async () => {
    const context = await linked({}, { env: {}, prompter: personWho("vlcanary-right") });
    await reauth(context, "mem", () => ({}));
    expect(context.notices).toEqual([
      "Credentials given by hand last for one command, since no agent runs here.",
      "To stay signed in:",
      "  export VAULTLINK_AGENT=on",
      "  vaultlink reauth mem",
    ]);
  });

  it("is not asked where credentials are found", async () => {
    const prompter = personWho();
    await get(await linked({ A: "mem://a" }, { prompter }), "A");
    expect(prompter.asked).toEqual([]);
  });
});

describe("nobody there", () => {
  it("E17: gets the command to run, and no question", async () => {
    const context = await linked({ A: "mem://a" }, { env: {} });
    await expect(get(context, "A")).rejects.toMatchObject({
      failures: [{ name: "A", error: { code: "unauthenticated", details: { hint: "vaultlink reauth mem" } } }],
    });
  });
});

describe("nobody there for a relink", () => {
  it("E5: gets the command to run, and the link stays as it is", async () => {
    const context = await linked({ A: "mem://a" }, { env: {} });
    const before = await files(context);
    await expect(relink(context, "A", "mem://b")).rejects.toMatchObject({
      code: "unauthenticated",
      details: { hint: "vaultlink reauth mem" },
    });
    expect(await files(context)).toEqual(before);
  });
});

describe("get", () => {
  it("refuses to drive a terminal, unless the bytes are wanted as they are", async () => {
    const context = await linked({ A: "mem://a" }, { outputIsTerminal: true }, { a: "vlcanary-\u001b[2J" });
    await expect(get(context, "A")).rejects.toMatchObject({ failures: [{ error: { code: "unusable" } }] });
    expect(Buffer.from((await get(context, "A", { raw: true })).bytes).toString()).toBe("vlcanary-\u001b[2J");
  });

  it("lets a line break and a tab through to a terminal", async () => {
    const context = await linked({ A: "mem://a" }, { outputIsTerminal: true }, { a: "vlcanary-1\n\t2" });
    expect(Buffer.from((await get(context, "A", { newline: false })).bytes).toString()).toBe("vlcanary-1\n\t2");
  });

  it("gives binary as base64 or raw, and never as text", async () => {
    const bytes = new Uint8Array([0xff, 0x00, 0x80]);
    const context = await linked({ A: "mem://a" }, {}, { a: bytes });
    await expect(get(context, "A")).rejects.toMatchObject({
      failures: [{ error: { code: "unusable", details: { reason: "binary" } } }],
    });
    expect(Buffer.from((await get(context, "A", { base64: true, newline: false })).bytes).toString()).toBe("/wCA");
    expect((await get(context, "A", { raw: true })).bytes).toEqual(bytes);
  });
});

describe("link", () => {
  it.each([
    ["mem://<path>", "<path>"],
    ["mem://app/<path>", "<path>"],
    ["mem://app/db#<field>", "<field>"],
    ["mem://…", "…"],
  ])("refuses the form of a reference in place of one: %s", async (form, part) => {
    const context = await linked({});
    await expect(link(context, "NEW", form)).rejects.toMatchObject({
      code: "usage",
      message: `${part} stands for a name in your vault: write that name.`,
      hint: "vaultlink search mem",
    });
    expect((await files(context))[1]).not.toContain("NEW");
  });

  it("takes other angle brackets, and those of a form where they are encoded", async () => {
    for (const reference of ["mem://app/a<b>", "mem://app/%3Cpath%3E"]) {
      const context = await linked({});
      expect(await link(context, "NEW", reference)).toMatchObject({ json: { reference } });
    }
  });
});

describe("list", () => {
  it("says without links how to make one", async () => {
    expect((await list(await linked({}))).body).toEqual(["No links yet. Try: vaultlink link NAME"]);
  });

  it("prints one command for what several links lack (S18)", async () => {
    const context = await linked({ A: "gone://a", B: "gone://b", C: "mem://a" });
    const { body, json } = await list(context);
    expect(body.filter((part) => typeof part === "string")).toEqual(["try: vaultlink connect"]);
    expect(JSON.stringify(json)).not.toContain("vlcanary");
    expect(context.log).toEqual([]);
  });

  it("E34: says which of two links of a name counts", async () => {
    const context = await linked({ A: "mem://a" });
    await link(context, "A", "mem://b", { user: true });
    expect((await list(context)).json).toMatchObject({ links: [{ name: "A", reference: "mem://b", origin: "user" }] });
  });
});

describe("trust", () => {
  it("says of a folder without a project's file what trust is for", async () => {
    for (const revoke of [false, true]) {
      const says = { message: "There is no vaultlink.json here or above.", hint: "vaultlink trust --help" };
      await expect(trust(await openWorld(), { revoke })).rejects.toMatchObject(says);
    }
  });

  it("shows no credential that a project's file holds", async () => {
    const context = await openWorld();
    const auth = { token: "placeholder-for-a-token" };
    const connections = { mem: { provider: "memory", url: "memory:", auth } };
    await writeFile(context.projectFile, JSON.stringify({ version: 1, connections }));
    await expect(trust(context, { yes: true })).rejects.toThrow(/holds the credential "auth\.token"/);
  });
});

it("says which package to install for a provider that is not there", async () => {
  const missing = Object.assign(new Error("vlcanary"), { code: "ERR_MODULE_NOT_FOUND" });
  const load = (): Promise<never> => Promise.reject(missing);
  const providers = { memory: { title: "Memory", package: "@vaultlink/provider-memory", connection: "mem", load } };
  const context = await linked({ A: "mem://a" }, { providers });
  await expect(get(context, "A")).rejects.toMatchObject({
    failures: [{ error: { code: "invalid_config", details: { hint: "npm install @vaultlink/provider-memory" } } }],
  });
});
