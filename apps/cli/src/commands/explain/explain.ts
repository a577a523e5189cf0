import {
  isSecretError,
  type LinkStatus,
  type SecretError,
  type UnresolvedReason,
  type VaultStatus,
} from "@vaultlink/core";
import type { Configuration } from "../../config/load.ts";
import { unusable } from "../../env/unusable.ts";
import { exitOf } from "../../output/failures.ts";
import { quoteShell } from "../../output/quote-shell.ts";
import { message, type Message } from "../../output/result.ts";
import type { VaultAccess } from "../../vault/access.ts";
import { describeConnection } from "../../vault/describe-connection.ts";
import { displayNameOf } from "../../vault/display-name.ts";
import { expectKnown, nameOf, referenceOf, type Settled } from "../../vault/resolve.ts";
import { explainTrust, withTrust } from "../../vault/trust.ts";
import { whereIs } from "../../vault/where.ts";
import { configure, withVault } from "../../vault/with-vault.ts";
import type { CliContext } from "../../context.ts";
import { explainCode } from "./codes.ts";
import { findConnection } from "./find-connection.ts";
import { findLink } from "./find-link.ts";
import { type Explained, lines } from "./lines.ts";
import { STATES } from "./states.ts";
import { hints } from "../../output/hints.ts";

export interface ExplainOptions {
  /** Asks the vault, without asking anybody. */
  readonly check?: boolean;
}

/** Where the value of a name or a reference comes from, and what decided so, or what an error code means. Without `--check` no vault is asked. Never a value. */
export async function explain(
  context: CliContext,
  given: string,
  { check = false }: ExplainOptions = {},
): Promise<Message> {
  const code = explainCode(given);
  // A link may have the name of a code. Files that cannot be read say nothing about one.
  if (code !== undefined && !(await isLink(context, given))) return code;
  const { explained, failed } = await explainName(context, given, { check });
  const { rules, ttl: _, ...json } = explained;
  const body = [...lines(explained), ...hints([explained])];
  return message(body, { ...json, rules }, check && failed !== undefined ? exitOf(failed) : 0);
}

const isLink = (context: CliContext, name: string): Promise<boolean> =>
  configure(context).then(
    ({ links }) => links.has(name),
    () => false,
  );

/** The same as data, with what failed. */
export async function explainName(
  context: CliContext,
  given: string,
  { check }: { readonly check: boolean },
): Promise<{ readonly explained: Explained; readonly failed: SecretError | undefined }> {
  const configuration = await configure(context);
  expectKnown(given, configuration, "explain");
  const found = await findConnection(context, configuration, given);
  // What leads nowhere and is no link may be a value that was pasted by mistake: it is not repeated.
  if (found.error !== undefined && nameOf(given, configuration) === undefined) throw found.error;
  // Before a session is opened: what describes a provider then becomes the session's.
  const { facts: where } = await whereIs(context, configuration, found.connection ?? "");
  const { settled, status } = await withVault(
    context,
    configuration,
    async (vault) => {
      const outcome = check || (await isKept(vault, given)) ? await read(context, vault, given) : undefined;
      return { settled: outcome, status: await vault.status() };
    },
    { start: check },
  );
  const failed = failureOf(settled, given, configuration) ?? found.error;
  const link = linkStatus(context, configuration, { given, status });
  const inFile = findLink(given, configuration);
  const refused = inFile.link && unusable(context, configuration, given);
  const known = status.connections.find(({ name }) => name === found.connection);
  const explained: Explained = {
    ...(nameOf(given, configuration) !== undefined && { name: given }),
    ...inFile,
    reference: referenceOf(given, configuration),
    ...(known && {
      connection: describeConnection(known, configuration, {
        where,
        displayName: await displayNameOf(context, configuration, known),
      }),
    }),
    rules: [...inFile.rules, ...(refused === undefined ? [] : [refused.says]), ...found.rules],
    ...(refused !== undefined && { hint: refused.helps }),
    ...stateOf(settled, link, failed),
    value: valueOf(settled, link),
    ttl: status.cache.ttl,
  };
  return { explained, failed };
}

/** Whether the value is kept, so that reading it asks no vault. */
async function isKept(vault: VaultAccess, given: string): Promise<boolean> {
  const { links } = await vault.status();
  return links.some(({ name, state, ageMs }) => name === given && state === "resolved" && ageMs !== undefined);
}

async function read(context: CliContext, vault: VaultAccess, given: string): Promise<Settled | undefined> {
  const [outcome] = await vault.getMany([given], { signal: context.signal });
  return outcome;
}

function failureOf(outcome: Settled | undefined, given: string, configuration: Configuration): SecretError | undefined {
  if (outcome?.status !== "rejected") return undefined;
  const reason = explainTrust(outcome.reason, referenceOf(given, configuration), configuration);
  if (!isSecretError(reason)) throw reason;
  return reason;
}

function linkStatus(
  { providers }: CliContext,
  configuration: Configuration,
  { given, status }: { readonly given: string; readonly status: VaultStatus },
): LinkStatus | undefined {
  const link = status.links.find(({ name }) => name === given);
  return link && withTrust(link, configuration, providers);
}

/** What an earlier read failed with: its reason is remembered, not its sentence. */
const OF_A_READ: ReadonlySet<UnresolvedReason> = new Set(["denied", "not-found", "unreachable", "unusable"]);

/** What is known of the value: from a read of this command, else from what the vault object remembers. */
function stateOf(
  settled: Settled | undefined,
  link: LinkStatus | undefined,
  failed: SecretError | undefined,
): Pick<Explained, "state" | "reason" | "hint" | "problem"> {
  if (settled?.status === "fulfilled") return { state: "resolved" };
  const reason = link?.reason ?? failed?.details.reason;
  const remembered =
    failed === undefined && link?.reason !== undefined && OF_A_READ.has(link.reason) ? link : undefined;
  const check = remembered && `vaultlink explain ${quoteShell(remembered.name)} --check`;
  const hint = link?.hint ?? failed?.details.hint ?? check;
  const problem = failed?.message ?? (remembered?.reason && STATES[remembered.reason].means);
  return {
    state: failed === undefined ? (link?.state ?? "unknown") : "unresolved",
    ...(reason !== undefined && { reason }),
    ...(hint !== undefined && { hint }),
    ...(problem !== undefined && { problem }),
  };
}

function valueOf(settled: Settled | undefined, link: LinkStatus | undefined): Explained["value"] {
  const expiresInMs = link?.expiresInMs;
  if (settled?.status !== "fulfilled") return { cached: false };
  const { source, ageMs, version, expiresAt, leased } = settled.value.provenance;
  return {
    cached: source !== "vault",
    source,
    ageMs: Math.round(ageMs),
    ...(version !== undefined && { version }),
    ...(expiresInMs !== undefined && { expiresInMs: Math.round(expiresInMs) }),
    ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt).toISOString() }),
    ...(leased === true && { leased }),
  };
}
