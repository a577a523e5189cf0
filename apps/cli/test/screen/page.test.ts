import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { PAGE, pageOf, withoutTimes } from "./page.ts";
import { takePictures } from "./pictures.ts";

it("looks as its page shows it, but for the time", async () => {
  expect(withoutTimes(pageOf(await takePictures()))).toBe(withoutTimes(await readFile(PAGE, "utf8")));
});
