import { SecretError, type SecretValue } from "@vaultlink/core";
import { closestMatch } from "@vaultlink/core/internal";
import type { Configuration } from "../../config/load.ts";
import { usage } from "../../failure.ts";
import { drivesTerminal } from "../../output/clean.ts";
import { disclose } from "../../output/disclose.ts";
import { NamesFailed } from "../../output/failures.ts";
import type { Value } from "../../output/result.ts";
import { choose, type Choice } from "../../vault/choose.ts";
import { collect, failureOf } from "../../vault/collect.ts";
import { leaveLeased } from "../../vault/leases.ts";
import { tellStale } from "../../vault/stale.ts";
import { configure, withVault } from "../../vault/with-vault.ts";
import type { CliContext } from "../../context.ts";
import { variable } from "../../env/environment.ts";
import { checkName } from "../../env/names.ts";
import type { Format } from "./format.ts";
import { FORMATS, join } from "./formats.ts";
import { GITHUB, maskCommands } from "./github.ts";

export interface ExportOptions extends Choice {
  /** @default "dotenv" */
  readonly format?: string;
  readonly json?: boolean;
}

/** Prints values for somebody else to read. Nothing is printed unless every required name resolved and fits the format. */
export async function exportValues(
  context: CliContext,
  names: readonly string[],
  { format: name = "dotenv", only, anyDomain, json = false }: ExportOptions = {},
): Promise<Value> {
  const format = expectFormat(name);
  const configuration = await configure(context);
  const chosen = names.length === 0 && only === undefined ? undefined : [...names, ...(only ?? [])];
  const check = checkFor(context, format, configuration);
  const wanted = choose({ only: chosen, anyDomain }, { configuration, check, help: "vaultlink export --help" });
  return withVault(context, configuration, async (vault) => {
    const values = await collect(wanted, { context, vault, configuration }, (value) => value);
    const texts = textsOf(format, values);
    const text = write(format, texts);
    expectShowable(context, text, json);
    for (const [one, value] of values) tellStale(context, one, value);
    await leaveLeased(context, vault, values);
    const isAction = format === GITHUB && context.env["GITHUB_ACTIONS"] === "true";
    return {
      kind: "value",
      bytes: Buffer.from(text),
      json: { format: name, names: [...texts.keys()], text },
      ...(isAction && { before: maskCommands(texts.values()) }),
    };
  });
}

function expectFormat(name: string): Format {
  const format = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
  if (format !== undefined) return format;
  const names = Object.keys(FORMATS);
  const near = closestMatch(name, names);
  const hint = near === undefined ? `; there are ${names.join(", ")}.` : `; did you mean ${near}?`;
  throw usage(`There is no such format${hint}`, "vaultlink export --help");
}

/** Where names become variables, the same ones are refused as by `run`. */
function checkFor(context: CliContext, { isEnvironment }: Format, { user }: Configuration): (name: string) => void {
  if (!isEnvironment) return () => {};
  const rules = { platform: context.platform, allowed: user.content.allowedNames ?? [] };
  return (name) => checkName(name, rules, "export");
}

function textsOf(format: Format, values: ReadonlyMap<string, SecretValue>): ReadonlyMap<string, string> {
  const read = format.isEnvironment ? variable : disclose;
  return each(values, (_, value) => read(value));
}

/** Each entry is made by itself, so that each failure has its name. */
const write = (format: Format, texts: ReadonlyMap<string, string>): string =>
  join(format, [...each(texts, (name, text) => format.entry(name, text)).values()]);

/** What becomes of each value. Throws every failure, by name. */
function each<From, To>(values: ReadonlyMap<string, From>, make: (name: string, value: From) => To): Map<string, To> {
  const made = new Map<string, To>();
  const failures = [...values].flatMap(([name, value]) =>
    failureOf(name, () => void made.set(name, make(name, value))),
  );
  if (failures.length > 0) throw new NamesFailed(failures);
  return made;
}

/** Throws `unusable` for what would drive the terminal that it is printed on. */
function expectShowable(context: CliContext, text: string, json: boolean): void {
  if (!context.outputIsTerminal || json || !drivesTerminal(text)) return;
  throw new SecretError("unusable", "A value holds control characters, which would drive your terminal.", {
    reason: "control-characters",
    hint: "Send it elsewhere, or take --format json",
  });
}
