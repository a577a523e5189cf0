import { writeFile } from "node:fs/promises";
import { authorApi } from "./author-api/render.ts";

/** Writes the pages of docs/providers that are made of the code: `pnpm run author-api`. */
for (const { file, text } of authorApi()) {
  await writeFile(new URL(`../../providers/${file}`, import.meta.url), text);
}
