import { describe, expect, test } from "vitest";

import { cycles } from "./cycles.ts";
import { workspaceOf } from "./fixture.ts";
import { bundled, pins, providers, published } from "./packages.ts";
import { measured, size } from "./size.ts";

describe("cycles", () => {
  test("a cycle is told once, whole, types included", () => {
    const found = cycles(
      workspaceOf({
        "a.ts": `import "./b.ts";`,
        "b.ts": `import type { C } from "./c.ts";`,
        "c.ts": `export const load = () => import("./a.ts");`,
        "d.ts": `import "./a.ts";`,
      }),
    );
    expect(found).toEqual(["a.ts → b.ts → c.ts → a.ts: an import cycle"]);
  });

  test("two ways to one file are no cycle", () => {
    const texts = { "a.ts": `import "./b.ts"; import "./c.ts";`, "b.ts": `import "./c.ts";`, "c.ts": "" };
    expect(cycles(workspaceOf(texts))).toEqual([]);
  });
});

describe("packages", () => {
  const names = ["index", "options", "locator", "read", "errors", "plugin"];
  const complete = Object.fromEntries([
    ["packages/provider-a/README.md", ""],
    ["packages/provider-a/test/conformance.test.ts", ""],
    ...names.map((name) => [`packages/provider-a/src/${name}.ts`, ""]),
  ]) as Record<string, string>;
  const manifests = { "packages/provider-a": { name: "@vaultlink/provider-a" } };

  test("a provider with all its files passes", () => {
    expect(providers(workspaceOf(complete, manifests))).toEqual([]);
  });

  test.each(Object.keys(complete))("a provider without %s fails", (absent) => {
    const { [absent]: _gone, ...rest } = complete;
    expect(providers(workspaceOf(rest, manifests))).toHaveLength(1);
  });

  test("a published package needs a README, provenance, and exports without sources", () => {
    const exports = { ".": { source: "./src/index.ts", default: "./dist/index.js" } };
    const bad = { "packages/a": { name: "a", publishConfig: { exports } } };
    expect(published(workspaceOf({}, bad))).toHaveLength(3);
    const good = { "packages/a": { name: "a", publishConfig: { provenance: true } } };
    expect(published(workspaceOf({ "packages/a/README.md": "" }, good))).toEqual([]);
    expect(published(workspaceOf({}, { "packages/a": { name: "a", private: true } }))).toEqual([]);
  });

  test.each(["^1.0.0", "~1.0.0", "1.x", "*", "latest", ">=1.0.0"])("the range %s is no pin", (range) => {
    expect(pins(workspaceOf({}, { "packages/a": { name: "a", dependencies: { b: range } } }))).toHaveLength(1);
  });

  test("an exact version, the catalog, the workspace and a peer's range pass", () => {
    const dependencies = { b: "1.2.3", c: "1.0.0-rc.1", d: "catalog:", e: "workspace:^" };
    const manifest = { name: "a", dependencies, peerDependencies: { f: "^1.0.0" } };
    expect(pins(workspaceOf({}, { "packages/a": manifest }))).toEqual([]);
  });

  test("the command lists nothing that is bundled into it", () => {
    const dependencies = { "@vaultlink/core": "workspace:^", commander: "15.1.0" };
    const found = bundled(workspaceOf({}, { "apps/cli": { name: "vaultlink", dependencies } }));
    expect(found).toEqual(["apps/cli/package.json: commander is bundled; it belongs in devDependencies"]);
  });
});

describe("size", () => {
  test("250 lines pass, 251 fail, in tests too", () => {
    expect(size(workspaceOf({ "a.ts": "\n".repeat(250) }))).toEqual([]);
    expect(size(workspaceOf({ "a.test.ts": "\n".repeat(251) }))).toHaveLength(1);
  });

  test("median, 90th percentile and maximum are told apart for sources and tests", () => {
    const texts = Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9, 100].map((n) => [`${n}.ts`, "\n".repeat(n)]));
    const { sources } = workspaceOf({ ...texts, "test/a.ts": "\n\n" });
    expect(measured(sources)).toBe(
      [
        "sources  10 files, 145 lines: median 5, 90th percentile 9, maximum 100",
        "tests    1 files, 2 lines: median 2, 90th percentile 2, maximum 2",
      ].join("\n"),
    );
  });
});
