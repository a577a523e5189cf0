import type { Configuration } from "../config/load.ts";
import type { CliContext } from "../context.ts";
import { problemOf } from "./names.ts";

const WHY = {
  malformed: "No environment variable can have this name",
  dangerous: "Programs take orders from a variable of this name",
} as const;

/** A link that `run` and `export` refuse for its name. */
export interface Unusable {
  readonly name: string;
  /** In a sentence, the name first. */
  readonly says: string;
  /** The command that takes it out of their way. */
  readonly helps: string;
}

/** What is to be said of a link's name that keeps `run` and `export` from working; `undefined` for any other name. */
export function unusable(
  { platform }: Pick<CliContext, "platform">,
  { user }: Pick<Configuration, "user">,
  name: string,
): Unusable | undefined {
  const problem = problemOf(name, { platform, allowed: user.content.allowedNames ?? [] });
  if (problem === undefined) return undefined;
  const says = `${name}: ${WHY[problem]}, so run and export fail unless --only names other links.`;
  return { name, says, helps: `vaultlink unlink ${name}` };
}

/** Those of all links. */
export function allUnusable(
  context: Pick<CliContext, "platform">,
  configuration: Pick<Configuration, "user" | "links">,
): readonly Unusable[] {
  return [...configuration.links.keys()].flatMap((name) => unusable(context, configuration, name) ?? []);
}

/** The nearest name that a variable can have, where a link's cannot be one's; `undefined` where there is none. */
export function fittingName(name: string): string | undefined {
  const fitting = name.replaceAll(/[^A-Za-z0-9_]/g, "_");
  return fitting !== name && /^[A-Za-z_]\w*$/.test(fitting) ? fitting : undefined;
}

/** Says at once what later would keep `run` from starting. */
export function tellUnusable(context: CliContext, configuration: Configuration, name: string): void {
  const found = unusable(context, configuration, name);
  if (found !== undefined) context.notice(`${found.says.replace(/\.$/, "")}. To undo: ${found.helps}`);
}
