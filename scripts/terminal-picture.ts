import { writeFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { drawTerminal } from "./picture/terminal.ts";

/** Draws the picture of the README from what the demo printed: `pnpm demo | node scripts/terminal-picture.ts`. */
const FILE = fileURLToPath(new URL("../docs/terminal.svg", import.meta.url));
await writeFile(FILE, drawTerminal(await text(process.stdin), ["1.", "2.", "3."]));
