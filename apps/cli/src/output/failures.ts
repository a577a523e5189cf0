import { isSecretError, type SecretError } from "@vaultlink/core";
import { POLICY, mostSevere } from "@vaultlink/core/internal";
import { CliError } from "../failure.ts";
import { clean } from "./clean.ts";
import type { Stylize } from "./style.ts";
import { withWait } from "./wait.ts";

/** What failed, and for which name. */
export interface Failure {
  /** That of a link or connection there is; never what was typed otherwise. */
  readonly name?: string;
  readonly error: SecretError | CliError;
}

/** One or more names that failed, each in its own way. */
export class NamesFailed extends Error {
  readonly failures: readonly Failure[];

  constructor(failures: readonly Failure[]) {
    super("Some names did not resolve.");
    this.failures = failures;
  }
}

/** What was thrown, as what a person may see. Anything that is not ours shows its kind only: no message, no stack. */
export function failuresOf(thrown: unknown): readonly Failure[] | undefined {
  if (thrown instanceof NamesFailed) return thrown.failures;
  return isSecretError(thrown) || thrown instanceof CliError ? [{ error: thrown }] : undefined;
}

/** The exit status of a failure: of several, that of the one a person must mend. */
export function exitOf(thrown: unknown): number {
  const failures = failuresOf(thrown);
  if (failures === undefined) return POLICY.internal.exit;
  const own = failures.find(({ error }) => error instanceof CliError)?.error;
  if (own instanceof CliError) return own.exit;
  return POLICY[mostSevere(failures.flatMap(({ error }) => (isSecretError(error) ? [error.code] : [])))].exit;
}

/** For people: one line saying what failed for which name, one with the command that mends it. */
export function failureLines(thrown: unknown, stylize: Stylize): readonly string[] {
  const failures = failuresOf(thrown);
  const head = stylize("red", "vaultlink:");
  if (failures === undefined) return [`${head} Something went wrong inside vaultlink (${codeOf(thrown)}).`];
  return failures.flatMap(({ name, error }) => {
    // Core says the name itself where it knows it.
    const isNamed = name === undefined || error.message.startsWith(`${name}: `);
    const sentence = withWait(clean(error.message), isSecretError(error) ? error.details.retryAfterMs : undefined);
    const message = `${head} ${isNamed ? "" : `${shown(name)}: `}${sentence}`;
    const hint = hintOf(error);
    return hint === undefined ? [message] : [message, `  ${stylize("dim", "try:")} ${clean(hint)}`];
  });
}

/** For `--json`: the failure that decides the exit status, and all of them where names failed. */
export function failureJson(thrown: unknown): Readonly<Record<string, unknown>> {
  const exit = exitOf(thrown);
  const failures = failuresOf(thrown);
  if (failures === undefined)
    return { error: { code: "internal", exit, message: `Internal error (${codeOf(thrown)}).` } };
  const first = failures.find((one) => exitOf(new NamesFailed([one])) === exit) ?? failures[0];
  const all = failures.map(describe);
  return {
    error: { exit, ...(first && describe(first)) },
    ...(thrown instanceof NamesFailed && { failures: all }),
  };
}

function describe({ name, error }: Failure): Readonly<Record<string, unknown>> {
  const { reason, native, retryAfterMs, ageMs } = isSecretError(error) ? error.details : {};
  return {
    ...(name !== undefined && { name: shown(name) }),
    code: error.code,
    message: error.message,
    ...(reason !== undefined && { reason }),
    ...(hintOf(error) !== undefined && { hint: hintOf(error) }),
    ...(retryAfterMs !== undefined && Number.isFinite(retryAfterMs) && { retryAfterMs }),
    ...(ageMs !== undefined && { ageMs }),
    ...(native !== undefined && { native }),
  };
}

/** A last guard: what could not be a link's name is not repeated, whoever handed it here. */
const shown = (name: string): string => (/^[A-Za-z_][\w.-]{0,127}$/.test(name) ? name : "A reference");

function hintOf(error: SecretError | CliError): string | undefined {
  if (error instanceof CliError) return error.hint;
  const { hint, connection } = error.details;
  // The vault can list what it has instead.
  return (
    hint ?? (error.code === "not_found" && connection !== undefined ? `vaultlink search ${connection}` : undefined)
  );
}

/** A machine word about what is not ours, such as ENOSPC or TypeError. */
function codeOf(thrown: unknown): string {
  const { code, name } = (typeof thrown === "object" && thrown !== null ? thrown : {}) as Record<string, unknown>;
  const word = [code, name].find((text) => typeof text === "string" && /^[\w.:-]{1,60}$/.test(text));
  return typeof word === "string" ? word : "unknown";
}
