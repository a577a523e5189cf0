import { expect, test } from "vitest";
import type { Published } from "./manifests.ts";
import { releaseObstacles } from "./obstacles.ts";

const ADDRESS = "https://example.com/vaultlink/vaultlink";
const manifest = {
  name: "a",
  version: "1.0.0",
  keywords: ["b"],
  repository: { type: "git", url: `git+${ADDRESS}.git`, directory: "packages/a" },
} as const;
const published = (change: object): readonly Published[] => [
  { file: "/a/package.json", folder: "packages/a", manifest: { ...manifest, ...change } },
];

test("nothing stands in the way of a package that names its repository and its version", () => {
  expect(releaseObstacles(ADDRESS, published({}))).toEqual([]);
});

test.each([undefined, "", "https://", "git@example.com:a/b.git"])(
  "an address that is not set (%s) stops a release",
  (address) => {
    expect(releaseObstacles(address, published({}))).toHaveLength(1);
  },
);

test.each([
  ["another repository", { repository: { ...manifest.repository, url: "git+https://example.com/x/y.git" } }],
  ["another folder", { repository: { ...manifest.repository, directory: "packages/b" } }],
  ["no version", { version: "0.0.0" }],
  ["no keywords", { keywords: [] }],
])("%s stops a release", (_title, change) => {
  expect(releaseObstacles(ADDRESS, published(change))).toHaveLength(1);
});
