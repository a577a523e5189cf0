import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

import manifest from "../package.json" with { type: "json" };
import { complaint, isSupported } from "./check-node.mjs";

test.each(["22.18.0", "22.23.3", "24.11.0", "24.21.0", "26.0.0", "28.1.0"])(
  "Node %s runs the repository",
  (version) => {
    expect(isSupported(version)).toBe(true);
    expect(complaint(version, true, "test")).toBeUndefined();
  },
);

test.each(["18.20.0", "20.20.2", "22.12.0", "22.17.9", "23.11.0", "24.10.0", "25.2.0"])(
  "Node %s does not",
  (version) => {
    expect(isSupported(version)).toBe(false);
    expect(complaint(version, true, "demo")).toBe(
      `Node ${version} does not run this repository (it needs 22.18, 24.11, or 26 and later). ` +
        "Run: npx -y -p node@24 -p pnpm@11.22.0 -- pnpm demo",
    );
  },
);

test("the versions are those of package.json", () => {
  expect(manifest.engines.node).toBe("^22.18.0 || ^24.11.0 || >=26.0.0");
  expect(complaint("20.0.0", true, "test")).toContain(`-p ${manifest.packageManager} `);
});

test("without dependencies, the script says so in one line and fails", () => {
  const folder = mkdtempSync(join(tmpdir(), "check-node-"));
  try {
    cpSync(join(import.meta.dirname, "check-node.mjs"), join(folder, "scripts", "check-node.mjs"));
    const ended = spawnSync(process.execPath, [join(folder, "scripts", "check-node.mjs")], { encoding: "utf8" });
    expect(ended).toMatchObject({ status: 1, stdout: "" });
    expect(ended.stderr).toMatch(/^The dependencies are not installed\. Run: npx .+\n$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("with dependencies, the script is silent", () => {
  expect(execFileSync(process.execPath, [join(import.meta.dirname, "check-node.mjs")], { encoding: "utf8" })).toBe("");
});
