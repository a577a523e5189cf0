import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createVault, type Provider } from "@vaultlink/core";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createAudit } from "../src/audit.ts";

let home: string;
beforeEach(() => (home = mkdtempSync(join(tmpdir(), "vaultlink-audit-"))));
afterEach(() => rmSync(home, { recursive: true, force: true }));

const linesOf = (file: string): unknown[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as unknown);
const modeOf = (path: string): number => statSync(path).mode & 0o777;
const at = Date.UTC(2026, 0, 1);

it("appends who read what name from where, and never the value", async () => {
  const file = join(home, "audit", "log.jsonl");
  const provider: Provider = {
    specVersion: 1,
    name: "memory",
    open: async () => ({ identity: "A", read: async () => ({ value: "vlcanary-value", version: "7" }) }),
  };
  const vault = createVault({
    connections: { c: provider },
    links: { NAME: "c://app/db" },
    env: {},
    onAccess: createAudit({ file, reader: "run" }),
  });
  await vault.get("NAME");
  await vault.disconnect("c");
  await vault.get("NAME").catch(() => undefined);
  await vault.close();
  const one = { at: expect.stringMatching(/Z$/) as string, reader: "run", pid: process.pid, name: "NAME" };
  expect(linesOf(file)).toEqual([
    { ...one, reference: "c://app/db", connection: "c", identity: "A", source: "vault", version: "7" },
    { ...one, reference: "c://app/db", code: "unresolved" },
  ]);
  expect(readFileSync(file, "utf8")).not.toContain("vlcanary");
});

it.skipIf(process.platform === "win32")("is for its user only, and its folder too", () => {
  const file = join(home, "audit", "log.jsonl");
  createAudit({ file, reader: "get" })({ at, name: "NAME" });
  expect([modeOf(join(home, "audit")), modeOf(file)]).toEqual([0o700, 0o600]);
  for (const [path, mode] of [
    [file, 0o640],
    [join(home, "audit"), 0o750],
  ] as const) {
    const before = modeOf(path);
    chmodSync(path, mode);
    expect(() => createAudit({ file, reader: "get" })({ at, name: "NAME" })).toThrow("open to other users");
    chmodSync(path, before);
  }
  expect(linesOf(file)).toHaveLength(1);
});

it("is rotated by size, loses nothing that it keeps, and keeps so many", () => {
  const file = join(home, "audit", "log.jsonl");
  const audit = createAudit({ file, reader: "get", maxBytes: 500, keep: 3 });
  for (let number = 0; number < 100; number++) audit({ at, name: `NAME_${number}` });
  const files = [file, ...[1, 2, 3].map((number) => `${file}.${number}`)];
  expect(files.map((one) => statSync(one).size <= 500)).toEqual([true, true, true, true]);
  expect(existsSync(`${file}.4`)).toBe(false);
  const names = files.toReversed().flatMap((one) => linesOf(one).map((line) => (line as { name: string }).name));
  expect(names).toEqual(Array.from({ length: names.length }, (_, index) => `NAME_${100 - names.length + index}`));
  expect(names.length).toBeGreaterThan(12);
});

it("keeps a line whole that is larger than a file may be", () => {
  const file = join(home, "log.jsonl");
  chmodSync(home, 0o700);
  const audit = createAudit({ file, reader: "get", maxBytes: 10 });
  for (const name of ["ONE", "TWO"]) audit({ at, name });
  expect([linesOf(`${file}.1`), linesOf(file)]).toMatchObject([[{ name: "ONE" }], [{ name: "TWO" }]]);
});

it("keeps values back that it cannot record", () => {
  const audit = createAudit({ file: join(home, "audit", "log.jsonl"), reader: "get" });
  mkdirSync(join(home, "audit", "log.jsonl"), { recursive: true, mode: 0o700 });
  chmodSync(join(home, "audit"), 0o700);
  expect(() => audit({ at, name: "NAME" })).toThrow(expect.objectContaining({ code: "invalid_config" }) as Error);
  expect(() => createAudit({ file: "log.jsonl", reader: "get" })).toThrow("must be absolute");
});

it.skipIf(process.platform === "win32")("follows no link to another file", () => {
  chmodSync(home, 0o700);
  symlinkSync(join(home, "elsewhere"), join(home, "log.jsonl"));
  expect(() => createAudit({ file: join(home, "log.jsonl"), reader: "get" })({ at })).toThrow("cannot be written");
  expect(existsSync(join(home, "elsewhere"))).toBe(false);
});
