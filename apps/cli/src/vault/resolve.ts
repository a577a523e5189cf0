import { isSecretError, SecretError, type SecretValue } from "@vaultlink/core";
import { closestMatch } from "@vaultlink/core/internal";
import type { Configuration } from "../config/load.ts";
import { record } from "../config/merge.ts";
import type { CliContext } from "../context.ts";
import { mayRepeat } from "../output/may-repeat.ts";
import type { VaultAccess } from "./access.ts";
import { tellLifetime } from "./lifetime.ts";
import { signIn } from "./sign-in.ts";
import { explainTrust } from "./trust.ts";

export type Settled = PromiseSettledResult<SecretValue>;

/** What resolving needs besides the names. */
export interface Resolving {
  readonly context: CliContext;
  readonly vault: VaultAccess;
  readonly configuration: Configuration;
  /** Only what the vault says now. */
  readonly refresh?: boolean;
}

/**
 * One outcome per name or reference, in order. Where credentials are missing and a person is there, each connection
 * concerned asks once, and what failed is resolved again.
 */
export async function resolve(
  given: readonly string[],
  { context, vault, configuration, refresh }: Resolving,
): Promise<Settled[]> {
  const options = { signal: context.signal, ...(refresh && { refresh }) };
  const outcomes = await vault.getMany(given, options);
  const signedIn = await signInWhereNeeded(context, vault, outcomes);
  const again = given.filter((_, at) => signedIn && needsSignIn(outcomes[at]));
  const second = again.length > 0 ? await vault.getMany(again, options) : [];
  return outcomes.map((outcome, at) => {
    const name = given[at] ?? "";
    const last = signedIn && needsSignIn(outcome) ? (second[again.indexOf(name)] ?? outcome) : outcome;
    return last.status === "fulfilled"
      ? last
      : { ...last, reason: explainTrust(last.reason, referenceOf(name, configuration), configuration) };
  });
}

/** Whether it went so: then what failed is worth another try. A person who declines ends the command. */
async function signInWhereNeeded(
  context: CliContext,
  vault: VaultAccess,
  outcomes: readonly Settled[],
): Promise<boolean> {
  const { prompter } = context;
  if (prompter === undefined || !outcomes.some(needsSignIn)) return false;
  const { connections } = await vault.status();
  const needing = connections.filter(({ error }) => error?.code === "unauthenticated");
  // One after the other: a person answers one question at a time.
  for (const { name, error } of needing) {
    context.progress?.hide();
    prompter.show(`${name}: ${whyAsked(context, error)}`);
    const signedIn = await signIn(context, vault, name, { ifNeeded: true });
    if (vault.keepsSessions !== true) tellLifetime(context, name, signedIn);
  }
  return needing.length > 0;
}

/** What was wrong with what was found, and where that was, where its error says so. */
function whyAsked({ env }: CliContext, { message = "", hint = "" }: { message?: string; hint?: string } = {}): string {
  const variable = /^export ([A-Z][A-Z0-9_]*)=/.exec(hint)?.[1];
  return variable !== undefined && env[variable] ? `${variable} was refused: ${message}` : message;
}

const needsSignIn = (outcome: Settled | undefined): boolean =>
  outcome?.status === "rejected" && isSecretError(outcome.reason) && outcome.reason.code === "unauthenticated";

/** The reference behind a name; a reference stands for itself. */
export function referenceOf(name: string, { links }: Pick<Configuration, "links">): string | null {
  const link = links.get(name);
  return link === undefined ? name : record(link.definition).reference;
}

/**
 * Throws `unresolved`, with the nearest name, for what is neither a link's name nor could be a reference. It is repeated only
 * where it could be no secret that was pasted. `command` is what helps with the nearest name.
 */
export function expectKnown(name: string, { links }: Pick<Configuration, "links">, command = "get"): void {
  if (links.has(name) || /[:/]/.test(name)) return;
  const near = closestMatch(name, links.keys());
  const suggestion = near === undefined ? "." : `; did you mean ${near}?`;
  throw new SecretError("unresolved", `No link ${called(name)}${suggestion}`, {
    reason: "unlinked",
    hint:
      near === undefined
        ? links.size > 0
          ? "vaultlink list"
          : "vaultlink link --help"
        : `vaultlink ${command} ${near}`,
  });
}

/** What nothing is called, for a sentence: repeated only where it could be no secret that was pasted. */
export const called = (typed: string): string => (mayRepeat(typed) ? `is named ${typed}` : "has this name");

/** A name as it may be repeated: that of a link. Anything else that was given may be a value pasted by mistake. */
export const nameOf = (given: string, { links }: Pick<Configuration, "links">): string | undefined =>
  links.has(given) ? given : undefined;

/** Throws `forbidden` for a link that may go to some hosts only: where the value goes from here nobody can know. */
export function refuseDomains(name: string, { links }: Pick<Configuration, "links">): void {
  const link = links.get(name);
  const { allowedDomains = [] } = link === undefined ? {} : record(link.definition);
  if (allowedDomains.length === 0) return;
  throw new SecretError(
    "forbidden",
    `${name}: This link is for certain domains only, and where the value goes is not known here.`,
    {
      reason: "domain-blocked",
      hint: "Add --any-domain if you take care of where it goes",
    },
  );
}
