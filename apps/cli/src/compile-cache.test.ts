import { chmod, mkdir, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../test/temporary.ts";
import { compileCacheFolder, useCompileCache } from "./compile-cache.ts";

const uid = process.getuid?.();

/** The folders that were given to Node for keeping what it compiles. */
function keep(home: string, as: number | undefined = uid): string[] {
  const given: string[] = [];
  useCompileCache({ env: {}, platform: "linux", home, uid: as }, (folder) => given.push(folder));
  return given;
}

it.each([
  ["linux", {}, "/home/anna/.cache/vaultlink/compiled"],
  ["linux", { XDG_CACHE_HOME: "/caches" }, "/caches/vaultlink/compiled"],
  ["linux", { XDG_CACHE_HOME: "caches" }, "/home/anna/.cache/vaultlink/compiled"],
  ["darwin", {}, "/home/anna/Library/Caches/vaultlink/compiled"],
  ["win32", { LOCALAPPDATA: "C:\\local" }, "C:\\local/vaultlink/compiled"],
  ["win32", { LOCALAPPDATA: "/local" }, "/home/anna/.cache/vaultlink/compiled"],
] as const)("is where caches are on %s with %o", (platform, env, folder) => {
  expect(compileCacheFolder({ env, platform, home: "/home/anna" })).toBe(folder);
});

it("makes a folder that nobody else can look into", async () => {
  const home = await temporaryFolder();
  const folder = join(home, ".cache", "vaultlink", "compiled");
  expect(keep(home)).toEqual([folder]);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect(keep(home), "the next time it is there").toEqual([folder]);
});

it.skipIf(uid === undefined)("runs nothing from where others can write, or from what others own", async () => {
  const home = await temporaryFolder();
  const [folder] = keep(home);
  expect(keep(home, (uid ?? 0) + 1)).toEqual([]);
  await chmod(folder ?? "", 0o770);
  expect(keep(home)).toEqual([]);
});

it("follows no link, and takes no file for a folder", async () => {
  const [linked, filed] = [await temporaryFolder(), await temporaryFolder()];
  await mkdir(join(linked, ".cache", "vaultlink"), { recursive: true });
  await mkdir(join(linked, "elsewhere"), { mode: 0o700 });
  await symlink(join(linked, "elsewhere"), join(linked, ".cache", "vaultlink", "compiled"));
  expect(keep(linked)).toEqual([]);
  await mkdir(join(filed, ".cache", "vaultlink"), { recursive: true });
  await writeFile(join(filed, ".cache", "vaultlink", "compiled"), "");
  expect(keep(filed)).toEqual([]);
});

it("is done without where there is no place for it", () => {
  expect(keep("/dev/null/nowhere")).toEqual([]);
});

it("makes no home that is not there", async () => {
  const home = join(await temporaryFolder(), "gone");
  expect(keep(home)).toEqual([]);
  await expect(stat(home)).rejects.toMatchObject({ code: "ENOENT" });
});
