import { chmod, mkdir, readdir, readFile, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary.ts";
import { change } from "./change.ts";
import { PROJECT, USER } from "./file-kinds.ts";
import { ANYBODYS } from "./permissions.ts";
import { type Loaded, readConfig } from "./read.ts";

const posix = process.platform !== "win32";
let folder: string;
let file: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  file = join(folder, "vaultlink.json");
});

const project = (): Promise<Loaded<object>> => readConfig(file, PROJECT.schema, ANYBODYS);
const mode = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;
const link = (name: string, value: unknown = "hcv://a"): { keys: string[]; value: unknown } => ({
  keys: ["links", name],
  value,
});

describe("changing a configuration file", () => {
  it("makes a file that is not there", async () => {
    await change(await project(), PROJECT, [link("A")]);
    expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ version: 1, links: { A: "hcv://a" } });
    expect(await readdir(folder)).toEqual(["vaultlink.json"]);
  });

  it.runIf(posix)("makes a private file in a private folder", async () => {
    const own = join(folder, "vaultlink", "config.json");
    await change(await readConfig(own, USER.schema, ANYBODYS), USER, [{ keys: ["cache", "ttl"], value: 45 }]);
    expect([await mode(join(folder, "vaultlink")), await mode(own)]).toEqual([0o700, 0o600]);
  });

  it.runIf(posix)("keeps the mode of a shared file and takes that of a private one back", async () => {
    await writeFile(file, '{ "version": 1 }');
    await chmod(file, 0o664);
    await change(await project(), PROJECT, [link("A")]);
    expect(await mode(file)).toBe(0o664);
    const own = join(folder, "config.json");
    await writeFile(own, '{ "version": 1 }', { mode: 0o644 });
    await change(await readConfig(own, USER.schema, ANYBODYS), USER, [link("A")]);
    expect(await mode(own)).toBe(0o600);
  });

  it("writes nothing when nothing changes", async () => {
    await writeFile(file, '{ "version": 1, "links": { "A": "hcv://a" } }');
    const before = await stat(file);
    expect(await change(await project(), PROJECT, [link("A")])).toBe(false);
    expect((await stat(file)).ino).toBe(before.ino);
  });

  it("E39: tells the loser when another command was faster, and keeps the winner's file", async () => {
    await writeFile(file, '{ "version": 1 }');
    const [mine, theirs] = [await project(), await project()];
    await change(theirs, PROJECT, [link("THEIRS")]);
    const won = await readFile(file, "utf8");
    await expect(change(mine, PROJECT, [link("MINE")])).rejects.toMatchObject({ code: "conflict", exit: 75 });
    expect(await readFile(file, "utf8")).toBe(won);
  });

  it("E39: of many at once lets exactly one win", async () => {
    await writeFile(file, '{ "version": 1 }');
    const read = await project();
    const names = Array.from({ length: 20 }, (_, index) => `N${index}`);
    const outcomes = await Promise.allSettled(names.map((name) => change(read, PROJECT, [link(name)])));
    const won = names.filter((_, index) => outcomes[index]?.status === "fulfilled");
    expect(won).toHaveLength(1);
    const { links } = (await project()).content as { links: object };
    expect(Object.keys(links)).toEqual(won);
    expect(await readdir(folder)).toEqual(["vaultlink.json"]);
  });

  it("takes over the lock and the half-written file of a killed command", async () => {
    await writeFile(file, '{ "version": 1 }');
    const lock = join(folder, ".vaultlink.json.lock");
    await writeFile(lock, String(process.pid));
    await utimes(lock, 0, 0);
    await writeFile(join(folder, ".vaultlink.json.tmp-0123"), '{ "vers');
    await change(await project(), PROJECT, [link("A")]);
    expect(await readdir(folder)).toEqual(["vaultlink.json"]);
  });

  it("refuses a change that would make the file invalid", async () => {
    await writeFile(file, '{ "version": 1 }');
    await expect(change(await project(), PROJECT, [link("1A")])).rejects.toMatchObject({ code: "invalid_config" });
    expect(await readFile(file, "utf8")).toBe('{ "version": 1 }');
  });

  it("changes the file a link points to, and keeps the link", async () => {
    const real = join(folder, "elsewhere", "mine.json");
    await mkdir(join(folder, "elsewhere"));
    await writeFile(real, '{ "version": 1 }');
    await symlink(real, file);
    await change(await project(), PROJECT, [link("A")]);
    expect(await readFile(real, "utf8")).toContain("hcv://a");
    expect((await readConfig(file, PROJECT.schema, ANYBODYS)).content).toMatchObject({ links: { A: "hcv://a" } });
    expect(await readdir(join(folder, "elsewhere"))).toEqual(["mine.json"]);
  });
});
