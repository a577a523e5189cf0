import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { type Held, openWorld, personWho, type TestWorld } from "../../test/world.ts";
import type { World } from "../world.ts";
import { disconnect } from "./disconnect.ts";
import { get } from "./get.ts";
import { link } from "./link.ts";
import { list } from "./list.ts";
import { reauth } from "./reauth.ts";
import { relink } from "./relink.ts";
import { trust } from "./trust.ts";

const HELD: Held = { a: "vlcanary-a", b: "vlcanary-b" };
const CONNECTIONS = { mem: { provider: "memory", url: "memory:" }, other: { provider: "memory", url: "memory:other" } };

/** A world with links on two connections. */
async function linked(links: object, changes: Partial<World> = {}, held: Held = HELD): Promise<TestWorld> {
  const world = await openWorld(held, changes);
  await writeFile(world.userFile, JSON.stringify({ version: 1, connections: CONNECTIONS }));
  await writeFile(world.projectFile, JSON.stringify({ version: 1, links }));
  return world;
}

const files = (world: TestWorld): Promise<readonly string[]> =>
  Promise.all([world.userFile, world.projectFile].map((file) => readFile(file, "utf8")));

describe("a person who cancels", () => {
  it.each<[string, (world: World) => Promise<unknown>]>([
    ["the reference of a new link", (world) => link(world, "NEW", undefined)],
    ["the reference of a relink (S12)", (world) => relink(world, "A", undefined)],
    ["signing in for a relink", (world) => relink(world, "A", "mem://b")],
    ["signing in", (world) => reauth(world, "mem", () => ({}))],
    ["disconnecting", (world) => disconnect(world, "mem")],
  ])("%s changes nothing, and the command says aborted", async (_what, command) => {
    const world = await linked({ A: "mem://a" }, { env: {}, person: personWho() });
    const before = await files(world);
    await expect(command(world)).rejects.toMatchObject({ code: "aborted" });
    expect(await files(world)).toEqual(before);
  });

  it.each<[string, (world: World) => Promise<unknown>]>([
    ["disconnecting", (world) => disconnect(world, "mem")],
    ["trusting", (world) => trust(world)],
  ])("who says no to %s changes nothing", async (_what, command) => {
    const world = await linked({ A: "mem://a" }, { person: personWho(false) });
    await writeFile(world.projectFile, JSON.stringify({ version: 1, connections: CONNECTIONS }));
    const before = await files(world);
    await command(world);
    expect(await files(world)).toEqual(before);
  });
});

describe("a person who is there", () => {
  it("is asked once for a connection, and what failed is read again", async () => {
    const person = personWho("vlcanary-right");
    const world = await linked({ A: "mem://a" }, { env: {}, person });
    const { bytes } = await get(world, "A");
    expect(Buffer.from(bytes).toString()).toBe("vlcanary-a\n");
    expect(person.asked).toEqual(["mem: Token"]);
  });

  it("signs in for a relink, which then commits (E5)", async () => {
    const world = await linked({ A: "mem://a" }, { env: {}, person: personWho("vlcanary-right") });
    await relink(world, "A", "mem://b");
    expect(JSON.parse((await files(world))[1] ?? "")).toMatchObject({ links: { A: "mem://b" } });
  });

  it("is told that a login by hand does not last", async () => {
    const world = await linked({}, { env: {}, person: personWho("vlcanary-right") });
    await reauth(world, "mem", () => ({}));
    expect(world.notices).toEqual([expect.stringMatching(/last for one command/)]);
  });

  it("is not asked where credentials are found", async () => {
    const person = personWho();
    await get(await linked({ A: "mem://a" }, { person }), "A");
    expect(person.asked).toEqual([]);
  });
});

describe("nobody there", () => {
  it("gets the command to run, and no question (E17)", async () => {
    const world = await linked({ A: "mem://a" }, { env: {} });
    await expect(get(world, "A")).rejects.toMatchObject({
      failures: [{ name: "A", error: { code: "unauthenticated", details: { mend: "vaultlink reauth mem" } } }],
    });
  });
});

describe("get", () => {
  it("refuses to drive a terminal, unless the bytes are wanted as they are", async () => {
    const world = await linked({ A: "mem://a" }, { outputIsTerminal: true }, { a: "vlcanary-\u001b[2J" });
    await expect(get(world, "A")).rejects.toMatchObject({ failures: [{ error: { code: "unusable" } }] });
    expect(Buffer.from((await get(world, "A", { raw: true })).bytes).toString()).toBe("vlcanary-\u001b[2J");
  });

  it("lets a line break and a tab through to a terminal", async () => {
    const world = await linked({ A: "mem://a" }, { outputIsTerminal: true }, { a: "vlcanary-1\n\t2" });
    expect(Buffer.from((await get(world, "A", { newline: false })).bytes).toString()).toBe("vlcanary-1\n\t2");
  });

  it("gives binary as base64 or raw, and never as text", async () => {
    const bytes = new Uint8Array([0xff, 0x00, 0x80]);
    const world = await linked({ A: "mem://a" }, {}, { a: bytes });
    await expect(get(world, "A")).rejects.toMatchObject({
      failures: [{ error: { code: "unusable", details: { reason: "binary" } } }],
    });
    expect(Buffer.from((await get(world, "A", { base64: true, newline: false })).bytes).toString()).toBe("/wCA");
    expect((await get(world, "A", { raw: true })).bytes).toEqual(bytes);
  });
});

describe("list", () => {
  it("prints one command for what several links lack (S18)", async () => {
    const world = await linked({ A: "gone://a", B: "gone://b", C: "mem://a" });
    const { body, json } = await list(world);
    expect(body.filter((part) => typeof part === "string")).toEqual(["try: vaultlink connect <provider> gone"]);
    expect(JSON.stringify(json)).not.toContain("vlcanary");
    expect(world.log).toEqual([]);
  });

  it("says which of two links of a name counts (E34)", async () => {
    const world = await linked({ A: "mem://a" });
    await link(world, "A", "mem://b", { user: true });
    expect((await list(world)).json).toMatchObject({ links: [{ name: "A", reference: "mem://b", origin: "user" }] });
  });
});

describe("trust", () => {
  it("shows no credential that a project's file holds", async () => {
    const world = await openWorld();
    const auth = { token: "placeholder-for-a-token" };
    const connections = { mem: { provider: "memory", url: "memory:", auth } };
    await writeFile(world.projectFile, JSON.stringify({ version: 1, connections }));
    await expect(trust(world, { yes: true })).rejects.toThrow(/holds the credential "auth\.token"/);
  });
});

it("says which package to install for a provider that is not there", async () => {
  const missing = Object.assign(new Error("vlcanary"), { code: "ERR_MODULE_NOT_FOUND" });
  const load = (): Promise<never> => Promise.reject(missing);
  const providers = { memory: { package: "@vaultlink/provider-memory", connection: "mem", load } };
  const world = await linked({ A: "mem://a" }, { providers });
  await expect(get(world, "A")).rejects.toMatchObject({
    failures: [{ error: { code: "invalid_config", details: { mend: "npm install @vaultlink/provider-memory" } } }],
  });
});
