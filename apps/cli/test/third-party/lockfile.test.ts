import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { lockedIntegrity } from "../../src/third-party/lockfile.ts";

/**
 * Written by each package manager for one project: `ms` at 2.0.0, at 2.1.3 below `debug`, and at 2.1.2 as `renamed`; a
 * scoped package; one with a peer. Shortened to these entries, and the registry's address is another.
 */
const LOCKFILES = new URL("./lockfiles/", import.meta.url);
const SHA512 = {
  ms: "sha512-Tpp60P6IUJDTuOq/5Z8cdskzJujfwqfOTkrwIwj7IRISpnkJnT6SyJ4PCPnGMoFjC9ddhal5KVIYtAt97ix05A==",
  renamed: "sha512-sGkPx+VjMtmA6MX27oA4FBFELFCZZ4S4XqeGOXCv68tT+jb3vk/RyaKWP0PTKyWtmLSM0b+adUTEvbs1PEaH2w==",
  nested: "sha512-6FlzubTLZG3J2a/NVCAleEhjzq5oxgHyaCU9yYXvcLsvoVaHJq/s5xXI6/XXP6tz7R9xAOtHnSO/tXtF3WRTlA==",
  scoped: "sha512-GsCCIZDE/p3i96vtEqx+7dBUGXrc7zeSK3wwPHIaRThS+9OhWIXRqzs4d6k1SVU8g91DrNRWxWUGhp5KXQb2VA==",
  peers: "sha512-5p6WTN0DdTGVQk6VjcEju19IgaHudalcfabD7yhDGeA6bcQnmL+CpveLJq/3hvfwd1aof6L386Ougkx6RfyMIQ==",
};
const CHECKSUMS = {
  ms: "10c0/f8fda810b39fd7255bbdc451c46286e549794fcc700dc9cd1d25658bbc4dc2563a5de6fe7c60f798a16a60c6ceb53f033cb353f493f0cf63e5199b702943159d",
  renamed:
    "10c0/a437714e2f90dbf881b5191d35a6db792efbca5badf112f87b9e1c712aace4b4b9b742dd6537f3edf90fd6f684de897cec230abde57e87883766712ddda297cc",
  nested:
    "10c0/d924b57e7312b3b63ad21fc5b3dc0af5e78d61a1fc7cfb5457edaf26326bf62be5307cc87ffb6862ef1c2b33b0233cdb5d4f01c4c958cc0d660948b65a287a48",
  scoped:
    "10c0/5ce692ffe1549e1b827d99ef8ff71187457e0eb44adbae38fdf7b9a74bae8d20642ee963c14516db1d35fa2652e65f47680fdf679dcbde52bbfadd021f497225",
  peers:
    "10c0/0c57a47cbd656e8cdfd99d7c2264de5868918ffa207c8d7a72a7f63379d4333254b2ba03d69e3c035e996a3fd3eb6d5725d7a1597cca10694296e32510546360",
};

const FILES = [
  ["npm-1", "package-lock.json", SHA512],
  ["npm-2", "package-lock.json", SHA512],
  ["npm-3", "package-lock.json", SHA512],
  ["pnpm-5", "pnpm-lock.yaml", SHA512],
  ["pnpm-6", "pnpm-lock.yaml", SHA512],
  ["pnpm-9", "pnpm-lock.yaml", SHA512],
  ["yarn-1", "yarn.lock", SHA512],
  ["yarn-8", "yarn.lock", CHECKSUMS],
] as const;

/** A project with the lockfiles of some folders. */
async function project(...folders: readonly (readonly [folder: string, file: string])[]): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), "vaultlink-lockfile-"));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  await mkdir(join(home, "app"));
  for (const [folder, file] of folders) await cp(new URL(`${folder}/${file}`, LOCKFILES), join(home, "app", file));
  return join(home, "app");
}

describe.each(FILES)("the lockfile of %s", (folder, file, wanted) => {
  const read = async (path: string, name: string, version: string): Promise<string | undefined> => {
    const found = await lockedIntegrity(join(await project([folder, file]), path), { name, version });
    expect([undefined, file]).toContain(found?.lockfile);
    return found?.integrity;
  };

  it("tells the integrity of what is installed", async () => {
    expect(await read("node_modules/ms", "ms", "2.0.0")).toBe(wanted.ms);
    expect(await read("node_modules/debug/node_modules/ms", "ms", "2.1.3")).toBe(wanted.nested);
    expect(await read("node_modules/renamed", "ms", "2.1.2")).toBe(wanted.renamed);
    expect(await read("node_modules/@types/ms", "@types/ms", "2.1.0")).toBe(wanted.scoped);
    expect(await read("node_modules/ajv-keywords", "ajv-keywords", "3.5.2")).toBe(wanted.peers);
  });

  it("tells none of another version, nor of another name", async () => {
    expect(await read("node_modules/ms", "ms", "2.0.1")).toBeUndefined();
    expect(await read("node_modules/ms", "ms", "2.0")).toBeUndefined();
    expect(await read("node_modules/s", "s", "2.0.0")).toBeUndefined();
    expect(await read("node_modules/keywords", "keywords", "3.5.2")).toBeUndefined();
    expect(await read("node_modules/m.", "m.", "2.0.0")).toBeUndefined();
  });
});

describe("of several lockfiles", () => {
  const ms = { name: "ms", version: "2.0.0" };

  it("in one folder, that counts which has the package", async () => {
    const folder = await project(["npm-3", "package-lock.json"], ["pnpm-9", "pnpm-lock.yaml"]);
    expect(await lockedIntegrity(join(folder, "elsewhere/ms"), ms)).toEqual({
      integrity: SHA512.ms,
      lockfile: "pnpm-lock.yaml",
    });
  });

  it("the nearest counts, and one that does not have the package ends the search", async () => {
    const folder = await project(["yarn-1", "yarn.lock"]);
    await mkdir(join(folder, "inner"));
    await cp(new URL("npm-3/package-lock.json", LOCKFILES), join(folder, "inner/package-lock.json"));
    expect(await lockedIntegrity(join(folder, "inner/other/ms"), ms)).toBeUndefined();
    expect(await lockedIntegrity(join(folder, "other/ms"), ms)).toMatchObject({ lockfile: "yarn.lock" });
  });
});
