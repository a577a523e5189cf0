import type { Provider, Session } from "@vaultlink/core/provider";
import { timeFault } from "./document.ts";
import { check, kind } from "./expect.ts";

const METHODS = ["readMany", "version", "list", "renew", "release", "requests", "revoke", "close"] as const;
const FACTS = ["identity", "roles", "expiresAt", "renewAt", "maxBatch", "maxConcurrency"] as const;
const MEMBERS: readonly string[] = [...METHODS, "read", ...FACTS];
/** No vault's credentials live shorter. */
const SHORTEST_MS = 10_000;
const PROVIDER_MEMBERS: readonly string[] = ["specVersion", "name", "envVariables", "open", "parseIdentifier"];

/** Fails a case for what is no provider. */
export function checkProvider(provider: Provider): void {
  const { specVersion, name, envVariables = [] } = provider;
  check(specVersion === 1, "`specVersion` must be 1. Make the provider with `defineProvider`, which stamps it.");
  check(
    typeof name === "string" && /^[a-z0-9][a-z0-9-]*$/.test(name),
    "`name` must be lower-case letters, digits and dashes.",
  );
  check(
    Array.isArray(envVariables) &&
      envVariables.every((variable) => typeof variable === "string" && /^\w+\*?$/.test(variable)),
    "`envVariables` must list names of environment variables; a final `*` makes a prefix.",
  );
  check(typeof provider.open === "function", "`open` must be a function.");
  checkSpelling(provider, PROVIDER_MEMBERS);
}

/** Fails a case for what is no session. */
export function checkSession(session: Session): void {
  const absent = METHODS.filter((member) => session[member] !== undefined && typeof session[member] !== "function");
  check(
    absent.length === 0,
    `${absent.map((member) => `\`${member}\``).join(", ")} must be a function, or not be there at all.`,
  );
  checkSpelling(session, MEMBERS);
  const { identity, roles, expiresAt, renewAt, maxBatch, maxConcurrency } = session;
  check(
    identity === undefined || (typeof identity === "string" && identity !== ""),
    `\`identity\` is ${kind(identity)}. It must be a text; leave it out where it is unknown.`,
  );
  check(
    roles === undefined || (Array.isArray(roles) && roles.every((role) => typeof role === "string")),
    `\`roles\` is ${kind(roles)}. It must be a list of texts.`,
  );
  checkLater(expiresAt, "`expiresAt`");
  check(
    expiresAt === undefined || expiresAt >= Date.now() + SHORTEST_MS,
    "`expiresAt` is a few seconds away: were seconds added to a time in ms? Core would renew again and again.",
  );
  checkLater(renewAt, "`renewAt`");
  check(
    expiresAt === undefined || renewAt === undefined || renewAt <= expiresAt,
    "`renewAt` is later than `expiresAt`: by then there is nothing left to renew.",
  );
  check(
    maxBatch === undefined || (Number.isSafeInteger(maxBatch) && maxBatch > 0 && session.readMany !== undefined),
    "`maxBatch` must be a whole number above 0, beside a `readMany`.",
  );
  check(
    maxConcurrency === undefined || (Number.isSafeInteger(maxConcurrency) && maxConcurrency > 0),
    "`maxConcurrency` must be a whole number above 0.",
  );
}

/** What begins now cannot have ended. */
function checkLater(time: number | undefined, what: string): void {
  const fault = time === undefined ? undefined : timeFault(time, what);
  check(fault === undefined, fault ?? "");
  check(
    time === undefined || time > Date.now(),
    `${what} of a session that was just opened has passed: core would open it again and again.`,
  );
}

/** A member that is spelt like one of the contract but for its case is never called. */
function checkSpelling(holder: object, members: readonly string[]): void {
  for (const name of Object.keys(holder)) {
    const meant = members.find((member) => member !== name && member.toLowerCase() === name.toLowerCase());
    check(meant === undefined, `There is a member \`${name}\`: the contract calls it \`${meant ?? ""}\`.`);
  }
}
