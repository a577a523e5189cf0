import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { commandPage } from "./document.ts";
import { manPage } from "./man-page.ts";

/** Writes the reference page and the manual page: `pnpm run docs`. */
await writeFile(join(import.meta.dirname, "../../../../docs/cli.md"), commandPage());
await mkdir(join(import.meta.dirname, "../../man"), { recursive: true });
await writeFile(join(import.meta.dirname, "../../man/vaultlink.1"), manPage());
