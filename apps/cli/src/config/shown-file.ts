import { relative } from "node:path";
import type { CliContext } from "../context.ts";
import type { Kind } from "./change.ts";

/** A file that was written to, as a message names it: a project's as seen from the folder that the command runs in. */
export function shownFile({ cwd }: Pick<CliContext, "cwd">, file: string, { privacy }: Pick<Kind, "privacy">): string {
  return privacy === "shared" ? relative(cwd, file) : file;
}
