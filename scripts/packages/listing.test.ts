import { expect, test } from "vitest";
import { listing } from "./listing.ts";

test("files stand below their folders, largest first, with sizes that add up", () => {
  const files = [
    { path: "README.md", bytes: 20 },
    { path: "dist/a.js", bytes: 1000 },
    { path: "dist/deep/b.js", bytes: 2000 },
  ];
  expect(listing(files).map((line) => line.trim().replaceAll(/ +/g, " "))).toEqual([
    "3,000 dist/",
    "2,000 deep/",
    "2,000 b.js",
    "1,000 a.js",
    "20 README.md",
  ]);
});
