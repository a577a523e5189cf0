import { expect, test } from "vitest";
import { brokenPageLinks } from "./page-links.ts";

const FILES = ["README.md", "PROTOCOL.md", "dist/providers/README.md", "dist/providers/use.md"];

test("links between pages of the package, to places in them and to other sites pass", () => {
  const pages = new Map([
    ["README.md", "[a](PROTOCOL.md) [b](./PROTOCOL.md#frames) [c](#here) [d](https://example.com) [e](mailto:a@b.c)"],
    ["dist/providers/README.md", '[use](use.md "how") [the package](../../README.md)'],
  ]);
  expect(brokenPageLinks(pages, FILES)).toEqual([]);
});

test("a link or a picture that leads out of the package is a problem, with its page", () => {
  const pages = new Map([
    ["README.md", "[`cli`](../../docs/cli.md#get) ![badge](badge.svg)"],
    ["dist/providers/use.md", "[up](../README.md)"],
  ]);
  expect(brokenPageLinks(pages, FILES)).toEqual([
    "README.md links to ../../docs/cli.md, which is not in it",
    "README.md links to badge.svg, which is not in it",
    "dist/providers/use.md links to ../README.md, which is not in it",
  ]);
});

test("code is no link", () => {
  const pages = new Map([["README.md", "`[a](gone.md)`\n\n```ts\nlist[0](gone)\n```\n"]]);
  expect(brokenPageLinks(pages, FILES)).toEqual([]);
});
