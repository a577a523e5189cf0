import { type ErrorCode, isSecretError, type SecretError } from "@vaultlink/core";
import { trustedCertificates, readPem } from "@vaultlink/core/provider";
import type { Configuration } from "../../config/load.ts";
import type { MergedConnection } from "../../config/merge.ts";
import { record } from "../../config/merge.ts";
import { shownDuration } from "../../output/duration.ts";
import type { VaultAccess } from "../../vault/access.ts";
import { labelOf } from "../../third-party/source.ts";
import { displayNameOf } from "../../vault/display-name.ts";
import { linksOn } from "../../vault/link-connections.ts";
import { namedDefinition, vaultOptions } from "../../vault/options.ts";
import { referenceOf } from "../../vault/resolve.ts";
import { explainTrust } from "../../vault/trust.ts";
import { shortly, whereIs } from "../../vault/where.ts";
import type { CliContext } from "../../context.ts";
import { credentialNames, foundCredentials } from "./credentials.ts";
import { type Finding, failed, measure, ok, skipped } from "./finding.ts";
import { reach } from "./reach.ts";
import { suggestionsOf } from "../../vault/suggestions.ts";

/** What examining one connection needs. */
export interface Examining {
  readonly context: CliContext;
  readonly configuration: Configuration;
  readonly vault: VaultAccess;
  /** The connection of each link. */
  readonly used: ReadonlyMap<string, string>;
}

/** Looks at one connection: its configuration, the way to its vault, signing in without a person, and one real read. */
export async function examineConnection(
  name: string,
  connection: MergedConnection,
  about: Examining,
): Promise<readonly Finding[]> {
  const { user } = about.configuration;
  const findings = user.content.disconnected?.includes(name)
    ? [skipped("sign-in", "You disconnected it.", `vaultlink reauth ${name}`)]
    : await examine(name, connection, about);
  return findings.map((finding) => ({ connection: name, ...finding }));
}

async function examine(name: string, connection: MergedConnection, about: Examining): Promise<readonly Finding[]> {
  const { context, configuration } = about;
  const { clock, env, signal } = context;
  const { entry } = connection;
  const { provider, maxSession: _, ...own } = entry;
  const where = await whereIs(context, configuration, name);
  const options = await measure(clock, "configuration", {
    hint: `Edit ${configuration.user.file}`,
    work: async () => {
      // Never opened, so there is nothing to close.
      const variables = await context.createVault(vaultOptions(context, configuration)).envVariables(name);
      return { ...ok("configuration", shortly(where.facts) || labelOf(provider)), variables };
    },
  });
  const { variables, ...configured } = options as Finding & { readonly variables?: readonly string[] };
  if (variables === undefined) return [configured];
  const plugin = await namedDefinition(context, configuration, name, connection).load();
  const suggestions = await suggestionsOf(context, plugin, own);
  const findable = { variables, suggestions };
  const found = foundCredentials(env, entry, findable);
  const isAsked = credentialNames(env, entry, findable).length === 0;
  const reaching = async (): Promise<readonly Finding[]> =>
    where.address === undefined
      ? [skipped("dns", "only its provider knows where its vault is")]
      : reach(new URL(where.address), { env, clock, signal, ca: await authorities(entry["ca"], where.caFile, env) });
  const { progress } = context;
  const way = await (progress === undefined ? reaching() : progress.during({ connection: name }, reaching));
  if (way.some(({ state, check }) => state === "failed" && check !== "clock")) {
    return [configured, found, ...way, skipped("sign-in", "not tried"), skipped("read", "not tried")];
  }
  return [configured, found, ...way, ...(await signIn(name, about, isAsked))];
}

/** Whom the connection trusts; what is wrong with the file, signing in says. */
async function authorities(
  ca: unknown,
  file: string | undefined,
  env: CliContext["env"],
): Promise<readonly string[] | undefined> {
  const own = typeof ca === "string" ? ca : undefined;
  try {
    return await trustedCertificates(env, own ?? (await readPem(file, "file of certificates")));
  } catch (error) {
    if (isSecretError(error)) return undefined;
    throw error;
  }
}

/** `isAsked`: nothing to sign in with is found, so that a person is asked. */
async function signIn(name: string, about: Examining, isAsked: boolean): Promise<readonly Finding[]> {
  const { context, configuration, vault } = about;
  const { clock, signal } = context;
  const hint = `vaultlink reauth ${name}`;
  const signedIn = await measure(clock, "sign-in", {
    hint,
    work: async () => {
      const { identity } = await vault.reauthenticate(name, { signal, ifNeeded: true });
      const who = await displayNameOf(context, configuration, { name, identity });
      return ok("sign-in", who === undefined ? "the vault does not say as whom" : `as ${who}`);
    },
  });
  if (signedIn.state === "failed") {
    // The provider's hint is for whoever has credentials to put somewhere.
    const helped = isAsked && signedIn.code === "unauthenticated" ? { ...signedIn, hint } : signedIn;
    return [helped, skipped("read", "not tried")];
  }
  return [signedIn, await expiry(name, about), ...(await readLinks(name, about))];
}

async function expiry(name: string, { context, vault }: Examining): Promise<Finding> {
  const { connections } = await vault.status();
  const expiresAt = connections.find((one) => one.name === name)?.expiresAt;
  if (expiresAt === undefined) return ok("expiry", "the vault tells no end of these credentials");
  const left = expiresAt - context.clock.epochMs();
  const when = new Date(expiresAt).toISOString();
  if (left > 0) return ok("expiry", `in ${shownDuration(left)}, at ${when}`);
  return failed("expiry", "unauthenticated", `The credentials expired at ${when}.`, `vaultlink reauth ${name}`);
}

/** Failures of one secret or one link: they say nothing about the connection. */
const OF_A_LINK: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  ...(["not_found", "denied", "unusable", "ambiguous", "invalid_reference", "unresolved"] as const),
]);

/**
 * Reads the links of the connection: what may sign in may still not read. The first is asked of the vault in any case. A link
 * that gives no value is a finding of its own; the values go nowhere.
 */
async function readLinks(
  name: string,
  { context, configuration, used, vault }: Examining,
): Promise<readonly Finding[]> {
  const isEnabled = (link: string): boolean =>
    record(configuration.links.get(link)?.definition ?? null).enabled ?? true;
  const links = linksOn(name, used).filter(isEnabled);
  const [first, ...others] = links;
  if (first === undefined) return [skipped("read", "no link uses it", "vaultlink link --help")];
  const { signal } = context;
  const failures: Finding[] = [];
  const read = await measure(context.clock, "read", {
    hint: `vaultlink explain ${first} --check`,
    work: async () => {
      const asked = await vault.getMany([first], { signal, refresh: true });
      const outcomes = [...asked, ...(others.length === 0 ? [] : await vault.getMany(others, { signal }))];
      const reasons = outcomes.map((one, at) =>
        one.status === "fulfilled"
          ? undefined
          : explainTrust(one.reason, referenceOf(links[at] ?? "", configuration), configuration),
      );
      for (const [at, reason] of reasons.entries()) {
        if (reason === undefined) continue;
        if (!isSecretError(reason)) throw reason as Error;
        if (!OF_A_LINK.has(reason.code)) throw reason;
        failures.push(linkFailed(links[at] ?? "", reason));
      }
      const given = links.filter((_, at) => reasons[at] === undefined);
      if (given.length === 0) return skipped("read", "no link of it gives a value");
      return ok("read", given.length === 1 ? `${given[0]} can be read` : `${given.length} links can be read`);
    },
  });
  return [read, ...failures];
}

function linkFailed(link: string, { code, message, details }: SecretError): Finding {
  const says = message.startsWith(`${link}: `) ? message : `${link}: ${message}`;
  return failed("link", code, says, details.hint ?? `vaultlink relink ${link}`);
}
