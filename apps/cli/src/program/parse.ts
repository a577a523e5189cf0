import { Help } from "./help.ts";
import { createProgram } from "./program.ts";
import type { Asked } from "./types.ts";

/** Reads any command line. Throws the help text where that is asked for, or `usage`. */
export function parseCommandLine(argv: readonly string[]): Asked {
  let asked: Asked | undefined;
  const program = createProgram((work, { json = false }) => {
    asked = { work, json };
  });
  program.parse(argv, { from: "user" });
  if (asked === undefined) throw new Help(program.helpInformation());
  return asked;
}
