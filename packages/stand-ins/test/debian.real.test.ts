import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { findChromium, startChromium } from "../src/real/chromium-index.ts";
import { findRedis, startRedis } from "../src/real/redis-index.ts";
import { findSlapd, startSlapd } from "../src/real/slapd-index.ts";

/* Programs out of Debian's packages: they run, and leave nothing behind. */

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "debian-programs-"));
  vi.stubEnv("TMPDIR", home);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true });
});

const why = (found: object): string => ("missing" in found ? ` (${String(found.missing)})` : "");
const [chromium, redis, slapd] = [findChromium(), findRedis(), findSlapd()];

describe.skipIf("missing" in chromium)(`Chromium${why(chromium)}`, () => {
  it("shows a page, and leaves no file", async () => {
    const browser = await startChromium();
    const page = await browser.open("data:text/html,<input id=name><button onclick=document.title=name>Go</button>");
    await page.type("#name", "vlcanary-typed");
    await page.click("button");
    await page.shows("Go");
    expect(await readdir(home)).not.toEqual([]);
    await browser.stop();
    expect(await readdir(home)).toEqual([]);
  });
});

describe.skipIf("missing" in redis)(`Redis${why(redis)}`, () => {
  it("lets in whoever knows the password, and leaves no file", async () => {
    const server = await startRedis();
    expect(await server.login(server.username, server.password)).toBe(true);
    expect(await server.login(server.username, "vlcanary-wrong")).toBe(false);
    expect(await server.login("default", "")).toBe(false);
    await server.stop();
    expect(await readdir(home)).toEqual([]);
  });
});

describe.skipIf("missing" in slapd)(`slapd${why(slapd)}`, () => {
  it("starts with people of any name, and leaves no file", async () => {
    const server = await startSlapd([{ uid: 'ä, (b) *\\c=+"', password: "vlcanary-ü: \\", groups: ["one", "two"] }]);
    expect(server.url).toMatch(/^ldap:\/\/127\.0\.0\.1:\d+$/);
    await server.stop();
    expect(await readdir(home)).toEqual([]);
  });
});
