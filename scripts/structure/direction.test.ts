import { describe, expect, test } from "vitest";

import { directions, layers } from "./direction.ts";
import { workspaceOf } from "./fixture.ts";
import { CORE_ROOMS } from "./layers.ts";

describe("rooms of the core", () => {
  test.each([
    ["a room below", "cache/cache.ts", `import { isErrorCode } from "../errors/codes.ts";`],
    ["its own room", "cache/cache.ts", `import "./ttl.ts";`],
    ["the room of a file that is named by itself", "contract/options.ts", `import "../closest-match.ts";`],
  ])("an import from %s passes", (_from, file, code) => {
    expect(layers(workspaceOf({ [`packages/core/src/${file}`]: code }))).toEqual([]);
  });

  test.each([
    ["a room above", "time/clock.ts", `import "../cache/cache.ts";`],
    ["a room above that of a file that is named by itself", "closest-match.ts", `import "./contract/options.ts";`],
    ["a room above, for a type", "cache/ttl.ts", `import type { A } from "../vault.ts";`],
  ])("an import from %s fails, with file and line", (_from, file, code) => {
    const found = layers(workspaceOf({ [`packages/core/src/${file}`]: `\n${code}` }));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^packages/core/src/${file}:2: imports `));
  });

  test("a file in no room fails, and says where to add it", () => {
    expect(layers(workspaceOf({ "packages/core/src/new.ts": "" }))).toEqual([
      "packages/core/src/new.ts: in no room of the core; add it to CORE_ROOMS in scripts/structure/layers.ts",
    ]);
  });

  test("a test may import from everywhere", () => {
    const code = `import "../index.ts";`;
    expect(layers(workspaceOf({ "packages/core/src/cache/age.test.ts": code }))).toEqual([]);
  });

  test("no path stands in two rooms", () => {
    const paths = CORE_ROOMS.flatMap((room) => room.paths);
    expect(paths).toEqual([...new Set(paths)]);
  });
});

describe("directions between packages", () => {
  const manifests = {
    "packages/core": { name: "@vaultlink/core" },
    "packages/testkit": { name: "@vaultlink/testkit" },
    "packages/stand-ins": { name: "@vaultlink/stand-ins" },
    "packages/provider-a": { name: "@vaultlink/provider-a" },
    "packages/provider-b": { name: "@vaultlink/provider-b" },
    "apps/cli": { name: "vaultlink" },
  };
  const problems = (path: string, specifier: string): readonly string[] =>
    directions(workspaceOf({ [path]: `import "${specifier}";` }, manifests));

  test.each([
    ["packages/provider-a/src/read.ts", "@vaultlink/core"],
    ["packages/provider-a/src/read.ts", "some-sdk"],
    ["packages/provider-a/test/conformance.test.ts", "@vaultlink/testkit"],
    ["packages/provider-a/src/read.test.ts", "@vaultlink/stand-ins"],
    ["packages/testkit/src/case.ts", "@vaultlink/core"],
    ["packages/core/vitest.config.ts", "../../vitest.shared.ts"],
    ["packages/core/src/a.test.ts", "@vaultlink/core"],
    ["apps/cli/src/main.ts", "@vaultlink/provider-a"],
  ])("%s may import %s", (path, specifier) => {
    expect(problems(path, specifier)).toEqual([]);
  });

  test.each([
    ["packages/core/src/vault.ts", "@vaultlink/provider-a"],
    ["packages/core/src/vault.ts", "@vaultlink/testkit"],
    ["packages/provider-a/src/read.ts", "@vaultlink/provider-b"],
    ["packages/provider-a/src/read.ts", "@vaultlink/testkit"],
    ["packages/provider-a/test/read.test.ts", "vaultlink"],
    ["packages/stand-ins/src/index.ts", "@vaultlink/core"],
    ["packages/stand-ins/src/index.test.ts", "@vaultlink/core"],
    ["packages/testkit/src/case.ts", "vaultlink"],
    ["apps/cli/src/main.ts", "@vaultlink/stand-ins"],
    ["packages/provider-a/src/read.ts", "../../core/src/clock.ts"],
  ])("%s must not import %s", (path, specifier) => {
    expect(problems(path, specifier)).toHaveLength(1);
  });
});
