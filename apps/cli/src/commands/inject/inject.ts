import { readFile } from "node:fs/promises";
import { resolve as resolvePath } from "node:path";
import { SecretError, type SecretValue } from "@vaultlink/core";
import type { Configuration } from "../../config/load.ts";
import { usage } from "../../failure.ts";
import { drivesTerminal } from "../../output/clean.ts";
import { type Failure, NamesFailed } from "../../output/failures.ts";
import { message, type Message, type Value } from "../../output/result.ts";
import { collect, failuresOf, tellFailures, type Wanted } from "../../vault/collect.ts";
import { leaveLeased } from "../../vault/leases.ts";
import { expectKnown, nameOf, refuseDomains } from "../../vault/resolve.ts";
import { tellStale } from "../../vault/stale.ts";
import { configure, withVault } from "../../vault/with-vault.ts";
import type { CliContext } from "../../context.ts";
import { fill, type Marker, markersOf } from "./template.ts";
import { expectWritable, type OutputFile, writeSecretFile } from "./write-file.ts";

export interface InjectOptions {
  /** The template. @default standard input */
  readonly in?: string;
  /** The file to write. @default standard output */
  readonly out?: string;
  /** Replace a file that is there. */
  readonly force?: boolean;
  /** Leave markers that do not resolve. */
  readonly allowUnresolved?: boolean;
  readonly anyDomain?: boolean;
  readonly json?: boolean;
}

/** Replaces the markers of a template by values. Nothing is written unless every one resolved, or may stay. */
export async function inject(context: CliContext, options: InjectOptions = {}): Promise<Message | Value> {
  const target = options.out === undefined ? undefined : outputFile(context, options.out, options);
  const template = await read(context, options.in);
  if (target !== undefined) await expectWritable(target);
  const configuration = await configure(context);
  const markers = markersOf(template);
  const wanted = plan(context, configuration, markers, options);
  return withVault(context, configuration, async (vault) => {
    const values = await collect(wanted, { context, vault, configuration }, (value) => value);
    if (context.signal.aborted) throw new SecretError("aborted", "Cancelled; nothing was written.");
    const filled = fill(template, markers, ({ given }) => values.get(given ?? "")?.bytes());
    const counts = count(markers, values);
    if (target === undefined) expectShowable(context, filled, options);
    else await writeSecretFile(target, filled);
    const named = wanted.flatMap(({ key, name, place = "" }) => {
      const value = values.get(key);
      return value === undefined ? [] : [[name ?? place, value] as const];
    });
    for (const [name, value] of named) tellStale(context, name, value);
    await leaveLeased(context, vault, named);
    if (target === undefined) return { kind: "value", bytes: filled, json: { ...encoded(filled), ...counts } };
    return message([`Wrote ${target.file} for you alone.`], { file: target.file, bytes: filled.length, ...counts });
  });
}

const outputFile = ({ cwd, env }: CliContext, file: string, { force = false }: InjectOptions): OutputFile => ({
  ...{ file, cwd, env, force },
});

async function read(context: CliContext, file: string | undefined): Promise<Uint8Array> {
  if (file === undefined || file === "-") return context.readInput();
  return readFile(resolvePath(context.cwd, file)).catch(() => {
    // What names no file may be anything, and is not repeated.
    throw usage("The file of --in cannot be read.", "vaultlink inject --help");
  });
}

/** What the markers want, each once. Throws for those that are wrong before any vault is asked, or says so. */
function plan(
  context: CliContext,
  configuration: Configuration,
  markers: readonly Marker[],
  { allowUnresolved = false, anyDomain = false }: InjectOptions,
): readonly Wanted[] {
  const wanted = new Map<string, Wanted>();
  const failures: Failure[] = [];
  for (const { given, line } of markers) {
    if (given !== undefined && wanted.has(given)) continue;
    const about = { name: given && nameOf(given, configuration), place: `Line ${line} of the template` };
    const failed = failuresOf(about, () => {
      if (given === undefined) throw malformed();
      expectKnown(given, configuration);
      if (!anyDomain) refuseDomains(given, configuration);
      wanted.set(given, { key: given, given, ...about, required: !allowUnresolved });
    });
    failures.push(...failed);
  }
  if (failures.length > 0 && !allowUnresolved) throw new NamesFailed(failures);
  tellFailures(context, failures);
  return [...wanted.values()];
}

const malformed = (): SecretError =>
  new SecretError("invalid_reference", "A marker is {{vault:NAME}} or {{vault:reference}}, on one line.", {
    hint: "vaultlink inject --help",
  });

function count(
  markers: readonly Marker[],
  values: ReadonlyMap<string, SecretValue>,
): { readonly resolved: number; readonly unresolved: number } {
  const resolved = markers.filter(({ given }) => given !== undefined && values.has(given)).length;
  return { resolved, unresolved: markers.length - resolved };
}

/** Throws `unusable` for what would drive the terminal that it is printed on. */
function expectShowable(context: CliContext, bytes: Uint8Array, { json = false }: InjectOptions): void {
  if (!context.outputIsTerminal || json || !drivesTerminal(Buffer.from(bytes).toString("utf8"))) return;
  throw new SecretError("unusable", "The output holds control characters, which would drive your terminal.", {
    reason: "control-characters",
    hint: "Send it elsewhere, or add --out <file>",
  });
}

/** For `--json`: as text where it is UTF-8. */
function encoded(bytes: Uint8Array): Readonly<Record<string, string>> {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { base64: Buffer.from(bytes).toString("base64") };
  }
}
