import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isSecretError } from "@vaultlink/core";
import { describe, expect, it } from "vitest";
import { ensureCookie, readCookie } from "../src/cookie.ts";
import { agentPlace, checkDirectory, makeDirectory, type UserEnvironment } from "../src/place.ts";
import { temporaryFolder, temporaryPlace } from "./support.ts";

const uid = process.getuid?.() ?? 0;
const around = (env: UserEnvironment["env"], platform: NodeJS.Platform = "linux"): UserEnvironment => ({
  ...{ env, platform, uid },
  home: "/home/somebody",
});

/** The code of what is thrown. */
function codeOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (isSecretError(error)) return error.code;
    throw error;
  }
}

describe("the agent's place", () => {
  it.each([
    ["the runtime directory", { XDG_RUNTIME_DIR: "/run/user/7" }, "/run/user/7/vaultlink"],
    ["the cache directory", { XDG_CACHE_HOME: "/c" }, "/c/vaultlink/run"],
    ["the home directory", {}, "/home/somebody/.cache/vaultlink/run"],
    ["no relative runtime directory", { XDG_RUNTIME_DIR: "run" }, "/home/somebody/.cache/vaultlink/run"],
    ["no relative cache directory", { XDG_CACHE_HOME: "./c" }, "/home/somebody/.cache/vaultlink/run"],
  ])("is in %s", (_what, env, directory) => {
    expect(agentPlace(around(env)).directory).toBe(directory);
  });

  it("is among the caches on macOS", () => {
    expect(agentPlace(around({}, "darwin")).directory).toBe("/home/somebody/Library/Caches/vaultlink/run");
  });

  it("is nowhere on Windows, nor below a home that is no absolute path", () => {
    expect(codeOf(() => agentPlace({ ...around({}, "win32"), uid: undefined }))).toBe("invalid_config");
    expect(codeOf(() => agentPlace({ ...around({}), home: "home" }))).toBe("invalid_config");
  });

  it("has a short name where a path is too long for a socket, the same each time", () => {
    const TMPDIR = temporaryFolder();
    const long = `/${"long".repeat(30)}`;
    const place = agentPlace(around({ XDG_RUNTIME_DIR: long, TMPDIR }));
    expect(Buffer.byteLength(place.socket)).toBeLessThan(104);
    expect(place.directory).not.toContain("long");
    expect(agentPlace(around({ XDG_RUNTIME_DIR: long, TMPDIR })).directory).toBe(place.directory);
    expect(agentPlace(around({ XDG_RUNTIME_DIR: `${long}r`, TMPDIR })).directory).not.toBe(place.directory);
  });

  it("has none in a temporary directory that others may enter", () => {
    const TMPDIR = temporaryFolder();
    chmodSync(TMPDIR, 0o755);
    const env = { XDG_RUNTIME_DIR: `/${"long".repeat(30)}`, TMPDIR };
    expect(codeOf(() => agentPlace({ ...around(env), uid: uid + 1_000_003 }))).toBe("invalid_config");
  });
});

describe("the directory", () => {
  it("is made for nobody else", () => {
    const place = temporaryPlace();
    expect(checkDirectory(place)).toBe(false);
    makeDirectory(place);
    expect(statSync(place.directory).mode & 0o777).toBe(0o700);
  });

  it.each([0o755, 0o750, 0o701, 0o777])("is refused with a mode that lets others in", (mode) => {
    const place = temporaryPlace();
    makeDirectory(place);
    chmodSync(place.directory, mode);
    expect(codeOf(() => checkDirectory(place))).toBe("invalid_config");
    expect(codeOf(() => makeDirectory(place))).toBe("invalid_config");
  });

  it("is refused where it is a symbolic link, a file, or another user's", () => {
    const linked = temporaryPlace();
    symlinkSync(temporaryFolder(), linked.directory);
    expect(codeOf(() => checkDirectory(linked))).toBe("invalid_config");
    const file = temporaryPlace();
    writeFileSync(file.directory, "");
    expect(codeOf(() => checkDirectory(file))).toBe("invalid_config");
    const foreign = temporaryPlace();
    makeDirectory(foreign);
    expect(codeOf(() => checkDirectory({ ...foreign, uid: uid + 1 }))).toBe("invalid_config");
  });
});

describe("the cookie", () => {
  it("is the same for everybody who makes one", () => {
    const place = temporaryPlace();
    makeDirectory(place);
    expect(readCookie(place)).toBeUndefined();
    const made = ensureCookie(place);
    expect(made).toHaveLength(32);
    expect(ensureCookie(place)).toEqual(made);
    expect(readCookie(place)).toEqual(made);
  });

  it.each([
    ["is open to others", (path: string) => writeFileSync(path, Buffer.alloc(32), { mode: 0o644 })],
    ["is too short", (path: string) => writeFileSync(path, Buffer.alloc(31), { mode: 0o600 })],
    ["is too long", (path: string) => writeFileSync(path, Buffer.alloc(33), { mode: 0o600 })],
    ["is a directory", (path: string) => mkdirSync(path, { mode: 0o700 })],
    ["is a symbolic link", (path: string) => symlinkSync(join(temporaryFolder(), "other"), path)],
  ])("is refused where it %s", (_what, make) => {
    const place = temporaryPlace();
    makeDirectory(place);
    make(place.cookie);
    expect(codeOf(() => readCookie(place))).toBe("invalid_config");
    expect(codeOf(() => ensureCookie(place))).toBe("invalid_config");
  });
});
