import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { packedHome } from "./packed.ts";

const home = packedHome();
afterAll(() => home.remove());

const bin = (name: string, path: string): string => join(home.folder, "node_modules", name, path);
const create = (...given: readonly string[]): Promise<string> =>
  home.run(home.folder, bin("@vaultlink/create-provider", "dist/main.js"), ...given);

describe("a new provider, from the packed packages", () => {
  it("in TypeScript builds and is green with vitest", async () => {
    await create("first-vault", "--changeset");
    const folder = join(home.folder, "vaultlink-provider-first-vault");
    await home.run(folder, bin("typescript", "bin/tsc"));
    await home.run(folder, bin("typescript", "bin/tsc"), "-p", "tsconfig.build.json");
    expect(await readFile(join(folder, "dist/index.d.ts"), "utf8")).toContain("firstVault");
    const readme = await readFile(join(folder, "README.md"), "utf8");
    expect(readme).toContain('connections: { "first-vault": firstVault() }');
    expect(readme).toContain('"first-vault://prod/db"');
    expect(await readFile(join(folder, "scripts/vault.ts"), "utf8")).toContain("vaultlink get first-vault://app/db");
    const printed = await home.run(folder, bin("vitest", "vitest.mjs"), "run");
    expect(printed).toMatch(/Tests +\d+ passed/);
    expect(printed).not.toContain("failed");
  });

  it("in JavaScript is green with node:test, and writes its data sheet", async () => {
    await create("second", "--javascript", "--node-test", "--folder", "second");
    const folder = join(home.folder, "second");
    const printed = await home.run(folder, "--test", "test/conformance.test.js");
    expect(printed).toMatch(/fail 0/);
    await home.run(folder, "scripts/data-sheet.js");
    expect(await readFile(join(folder, "README.md"), "utf8")).toMatch(/\d+ of \d+ conformance cases pass, 0 fail/);
  });

  it("starts its vault for whoever wants to try it at once, and says how", async () => {
    await create("fourth", "--javascript", "--folder", "fourth");
    const folder = join(home.folder, "fourth");
    const said = await home.firstLines(folder, { PORT: "0" }, "scripts/vault.js");
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? "";
    expect(said).toContain(`vaultlink connect . fourth --url ${url}`);
  });

  it("is refused by a Node that cannot run it, without a stack", async () => {
    const older = "Object.defineProperty(process, 'versions', { value: { node: '20.20.2' } })";
    const main = bin("@vaultlink/create-provider", "dist/main.js");
    const made = home.run(home.folder, "--import", `data:text/javascript,${encodeURIComponent(older)}`, main, "fifth");
    await expect(made).rejects.toThrow(/^A provider needs Node 22\.12 or newer; this is Node 20\.20\.2\.[^\n]*\n$/);
  });

  it("has the pages for authors beside it, in the package of the kit", async () => {
    const page = join(home.folder, "node_modules/@vaultlink/testkit/dist/providers/complete.md");
    expect(await readFile(page, "utf8")).toContain("core.httpSession(");
  });

  it("is refused a name that nothing could be called by", async () => {
    await expect(create("My Vault")).rejects.toThrow("begins with a lower-case letter");
  });

  it("is not put where something is", async () => {
    await create("third");
    await expect(create("third")).rejects.toThrow("not empty");
  });
});
