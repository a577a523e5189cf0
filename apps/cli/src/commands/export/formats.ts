import { DOCKER } from "./docker.ts";
import { DOTENV } from "./dotenv.ts";
import type { Format } from "./format.ts";
import { GITHUB } from "./github.ts";
import { JSON_OBJECT, YAML } from "./json.ts";
import { FISH, POWERSHELL, SHELL } from "./shells.ts";

/** The formats there are. */
export const FORMATS: Readonly<Record<string, Format>> = {
  dotenv: DOTENV,
  json: JSON_OBJECT,
  yaml: YAML,
  shell: SHELL,
  fish: FISH,
  powershell: POWERSHELL,
  github: GITHUB,
  docker: DOCKER,
};

/** The text of these values in a format. Throws what its entries throw. */
export function textOf(format: Format, values: ReadonlyMap<string, string>): string {
  return join(
    format,
    [...values].map(([name, value]) => format.entry(name, value)),
  );
}

/** The text of entries that are made already. */
export function join({ before = "", between = "", after = "" }: Format, entries: readonly string[]): string {
  return before + entries.join(between) + after;
}
