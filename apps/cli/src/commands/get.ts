import { isSecretError, SecretError, type SecretValue } from "@vaultlink/core";
import { drivesTerminal } from "../output/clean.ts";
import { disclose } from "../output/disclose.ts";
import { NamesFailed } from "../output/failures.ts";
import type { Value } from "../output/result.ts";
import type { Configuration } from "../config/load.ts";
import { usage } from "../failure.ts";
import { pick } from "../find/pick.ts";
import { leaveLeased } from "../vault/leases.ts";
import { expectKnown, nameOf, refuseDomains, resolve } from "../vault/resolve.ts";
import { tellStale } from "../vault/stale.ts";
import type { VaultAccess } from "../vault/access.ts";
import { configure, type LendVault, sharingVault } from "../vault/with-vault.ts";
import type { CliContext } from "../context.ts";

export interface GetOptions {
  readonly refresh?: boolean;
  readonly base64?: boolean;
  /** The bytes as they are: no line end, no checks. */
  readonly raw?: boolean;
  /** commander's form of `--no-newline`. */
  readonly newline?: boolean;
  readonly json?: boolean;
  readonly anyDomain?: boolean;
}

/** Prints the value of one name or reference. */
export async function get(context: CliContext, given: string | undefined, options: GetOptions = {}): Promise<Value> {
  const configuration = await configure(context);
  return sharingVault(context, configuration, async (lend) => {
    const name = given ?? (await pickName(context, configuration, lend));
    expectKnown(name, configuration);
    if (options.anyDomain !== true) refuseDomains(name, configuration);
    return lend((vault) => read(vault, { context, configuration, name, options }));
  });
}

interface Reading {
  readonly context: CliContext;
  readonly configuration: Configuration;
  readonly name: string;
  readonly options: GetOptions;
}

async function read(vault: VaultAccess, { context, configuration, name, options }: Reading): Promise<Value> {
  const [outcome] = await resolve([name], { context, vault, configuration, refresh: options.refresh ?? false });
  try {
    if (outcome?.status !== "fulfilled") throw outcome?.reason;
    tellStale(context, name, outcome.value);
    await leaveLeased(context, vault, [[name, outcome.value]]);
    return present(context, name, outcome.value, options);
  } catch (error) {
    if (!isSecretError(error)) throw error;
    const known = nameOf(name, configuration);
    throw new NamesFailed([{ ...(known !== undefined && { name: known }), error }]);
  }
}

/** What a person picks: one of the linked names, or a secret of a vault. */
async function pickName(context: CliContext, configuration: Configuration, lend: LendVault): Promise<string> {
  const { prompter } = context;
  if (prompter === undefined) throw usage("vaultlink get needs <name|reference>.", "vaultlink get --help");
  const names = [...configuration.links.keys()].map((name) => ({ label: name, value: name }));
  const elsewhere = { label: "Another secret of a vault", value: undefined };
  const name = names.length > 0 ? await prompter.pick("Which name?", [...names, elsewhere]) : undefined;
  if (name !== undefined) return name;
  const picked = await pick<never>(context, configuration, { subject: "", others: [], lend });
  if (typeof picked === "string") return picked;
  throw usage("No secret was picked.");
}

function present(context: CliContext, name: string, value: SecretValue, options: GetOptions): Value {
  const { source, ageMs, version, expiresAt } = value.provenance;
  const about = {
    name,
    source,
    ageMs: Math.round(ageMs),
    ...(version !== undefined && { version }),
    ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt).toISOString() }),
  };
  const raw = value.bytes();
  if (options.base64) {
    const base64 = Buffer.from(raw).toString("base64");
    return { kind: "value", bytes: ending(Buffer.from(base64), options), json: { ...about, base64 } };
  }
  if (options.raw && !options.json) return { kind: "value", bytes: raw, json: about };
  const text = textOf(value);
  if (context.outputIsTerminal && !options.json && drivesTerminal(text)) {
    throw new SecretError("unusable", "The value holds control characters, which would drive your terminal.", {
      reason: "control-characters",
      hint: "Send it elsewhere, or add --raw",
    });
  }
  return { kind: "value", bytes: ending(raw, options), json: { ...about, value: text } };
}

function textOf(value: SecretValue): string {
  try {
    return disclose(value);
  } catch {
    throw new SecretError("unusable", "The secret is binary; it cannot be given as text.", {
      reason: "binary",
      hint: "Add --base64, or --raw",
    });
  }
}

const ending = (bytes: Uint8Array, { newline = true }: GetOptions): Uint8Array =>
  newline ? Buffer.concat([bytes, Buffer.from("\n")]) : bytes;
