import type { Configuration } from "../../config/load.ts";
import { usage } from "../../failure.ts";
import type { Field } from "../../options/fields.ts";
import { flagsOf } from "../../options/flags.ts";
import { quoteShell } from "../../output/quote-shell.ts";
import { at, type Options } from "../../options/secrets.ts";
import { linkConnections, linksOn } from "../../vault/link-connections.ts";
import type { CliContext } from "../../context.ts";
import type { Former } from "./definition.ts";

export interface Repointing {
  readonly provider: string;
  readonly name: string;
  readonly fields: readonly Field[];
  readonly former: Former | undefined;
  readonly options: Options;
  /** `--yes`. */
  readonly agreed: boolean;
}

/**
 * Whether a connection that links use may lead elsewhere from now on: asks, showing the links. Throws `usage`, naming the
 * flag, where nobody can be asked.
 */
export async function mayRepoint(
  context: CliContext,
  configuration: Configuration,
  { provider, name, fields, former, options, agreed }: Repointing,
): Promise<boolean> {
  const moved = former === undefined ? [] : fields.filter((field) => leadsElsewhere(field, former, options));
  const used = moved.length === 0 ? new Map<string, string>() : await linkConnections(context, configuration);
  const links = linksOn(name, used);
  if (links.length === 0 || agreed) return true;
  const what = moved.map(({ path }) => path.join("."));
  const lines = moved.map(
    ({ path }) => `  ${path.join(".")}: ${shown(at(former, path))} → ${shown(at(options, path))}`,
  );
  if (context.prompter === undefined) {
    const flags = flagsOf(fields)
      .filter(({ field }) => moved.includes(field))
      .map(({ long, field }) => `${long} ${quoteShell(shown(at(options, field.path)))}`);
    throw usage(
      `${name} would lead elsewhere (${what.join(", ")}), and with it ${links.join(", ")}; add --yes if that is meant.`,
      `vaultlink connect ${provider} ${name} ${flags.join(" ")} --yes`,
    );
  }
  for (const line of [`${name} would lead elsewhere, and with it ${links.join(", ")}:`, ...lines]) {
    context.prompter.show(line);
  }
  return context.prompter.confirm("Change it?");
}

/** Where a vault is, not who asks, nor how: that changes with every way to sign in. */
function leadsElsewhere({ path, type, enum: choices }: Field, former: Options, options: Options): boolean {
  const isPlace = path[0] !== "auth" && choices === undefined && (type === "string" || type === "string[]");
  const [before, now] = [at(former, path), at(options, path)];
  return isPlace && before !== undefined && JSON.stringify(before) !== JSON.stringify(now);
}

const shown = (held: unknown): string =>
  Array.isArray(held) ? held.join(", ") : typeof held === "string" ? held : "-";
