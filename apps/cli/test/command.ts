import { join } from "node:path";

/** Set where the packed command is tested: see `vitest.config.ts`. */
const PACKED = process.env["VAULTLINK_TEST_MAIN"];

/** The command that is tested: its sources, or the packed one. */
export const MAIN: string = PACKED ?? join(import.meta.dirname, "../src/main.ts");
/** What Node needs to be told to run it. */
export const FLAGS: readonly string[] = PACKED === undefined ? ["--conditions=source"] : [];
/** The command as it is typed in a line of a shell, its paths in quotes. */
export const COMMAND_LINE: string = [process.execPath, ...FLAGS, MAIN].map((part) => `'${part}'`).join(" ");
/** Whether it is the packed one. */
export const COMMAND_IS_PACKED: boolean = PACKED !== undefined;
