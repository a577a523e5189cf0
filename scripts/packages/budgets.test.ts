import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { excesses } from "./budgets.ts";
import { installedWith } from "./installed.ts";

const BUDGETS = { a: { tarball: 10, unpacked: 20, packages: 2 } };

test("a package within its budget passes, to the last byte", () => {
  expect(excesses("a", { tarball: 10, unpacked: 20, packages: 2 }, BUDGETS)).toEqual([]);
});

test("each measure beyond the budget is a problem of its own, with both numbers", () => {
  expect(excesses("a", { tarball: 11, unpacked: 21, packages: 3 }, BUDGETS)).toEqual([
    expect.stringMatching(/^its tarball takes 11 bytes, at most 10/),
    expect.stringMatching(/^unpacked it takes 21 bytes, at most 20/),
    expect.stringMatching(/^it installs 3 packages, at most 2/),
  ]);
});

test("a new package needs a budget", () => {
  expect(excesses("b", { tarball: 1, unpacked: 1, packages: 1 }, BUDGETS)).toHaveLength(1);
});

test("dependencies of dependencies and peers count once each, optional peers and development's not", () => {
  const root = mkdtempSync(join(tmpdir(), "vaultlink-installed-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const write = (path: string, manifest: object): void => {
    mkdirSync(join(root, path), { recursive: true });
    writeFileSync(join(root, path, "package.json"), JSON.stringify(manifest));
  };
  write("", {
    ...{ name: "mine", version: "1.0.0", dependencies: { deep: "*" }, devDependencies: { tool: "*" } },
    ...{ peerDependencies: { core: "*", agent: "*" }, peerDependenciesMeta: { agent: { optional: true } } },
  });
  write("node_modules/deep", { name: "deep", version: "1.0.0", dependencies: { core: "*" } });
  write("node_modules/core", { name: "core", version: "2.0.0", optionalDependencies: { absent: "*" } });
  write("node_modules/agent", { name: "agent", version: "1.0.0" });
  write("node_modules/tool", { name: "tool", version: "1.0.0" });
  expect([...installedWith(root)].toSorted()).toEqual(["core@2.0.0", "deep@1.0.0", "mine@1.0.0"]);

  rmSync(join(root, "node_modules", "core"), { recursive: true });
  expect(() => installedWith(root)).toThrow("core, which is not installed");
});
