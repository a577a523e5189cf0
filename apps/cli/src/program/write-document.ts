import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { commandPage } from "./document.ts";

/** Writes the reference page: `pnpm run docs`. */
await writeFile(join(import.meta.dirname, "../../../../docs/cli.md"), commandPage());
