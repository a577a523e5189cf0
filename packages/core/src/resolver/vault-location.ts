import { withDeadline } from "../async/deadline.ts";
import type { VaultLocation, WhereFact } from "../contract/provider.ts";
import { isSecretError } from "../errors/secret-error.ts";
import { declaredEnv } from "../provider-kit/environment.ts";
import type { Clock } from "../time/clock.ts";
import type { ConnectionDefinition, Env } from "../types.ts";
import { loadPlugin, makeProvider, type Options } from "./load-provider.ts";

/** How long a provider may take to say where its vault is, in ms; one in a process of its own starts that first. */
const WHERE_MS = 5_000;

/** For whom it is asked. */
export interface WhereOptions {
  readonly clock: Clock;
  readonly env: Env;
  readonly signal: AbortSignal;
}

/**
 * Which vault a connection reaches, as its provider says without opening anything; where it does not say, as options of
 * the usual names do. Never a credential. Throws `aborted` only.
 */
export async function locationOf(
  name: string,
  definition: ConnectionDefinition,
  { clock, env, signal }: WhereOptions,
): Promise<VaultLocation> {
  const ask = async (ended: AbortSignal): Promise<VaultLocation | undefined> => {
    const plugin = await loadPlugin(definition);
    // Nobody waits any more: a question now would start code of others for nothing.
    if (ended.aborted) return undefined;
    const provider = await makeProvider(name, plugin, definition.options);
    if (ended.aborted) return undefined;
    return provider.where?.({ env: declaredEnv(provider.envVariables, env), signal: ended });
  };
  try {
    const told = await withDeadline(ask, { clock, ms: WHERE_MS, signal });
    if (Array.isArray(told?.facts)) return checked(told);
  } catch (error) {
    if (isSecretError(error) && error.code === "aborted") throw error;
  }
  return usualLocation(definition.options);
}

/** What options that say where a vault is are called by most providers. */
const USUAL: readonly string[] = ["address", "url", "endpoint", "host", "region", "account"];

/** The same by options of the usual names alone: runs nothing of the provider. */
export function usualLocation(options: Options): VaultLocation {
  const facts = USUAL.flatMap((what) => checkedFact({ what, value: options[what] }));
  const { caFile } = options;
  const address = facts.find(({ what }) => !["region", "account"].includes(what))?.value;
  return checked({ facts, address, ...(typeof caFile === "string" && { caFile }) });
}

/** What a provider says may be anybody's: only what has the form of an answer is shown. */
function checked(told: VaultLocation): VaultLocation {
  const facts = told.facts.flatMap((fact: unknown) => checkedFact(fact));
  const { address = facts.find(({ what }) => what === "address")?.value, caFile } = told;
  const url = typeof address === "string" ? URL.parse(address) : null;
  return {
    facts,
    ...((url?.protocol === "https:" || url?.protocol === "http:") && { address: withoutLogin(url.href) }),
    ...(typeof caFile === "string" && { caFile }),
  };
}

/** Characters of one fact that are shown. */
const MAX_LENGTH = 500;

function checkedFact(fact: unknown): readonly WhereFact[] {
  const { what, value, variable } = (fact ?? {}) as Readonly<Record<keyof WhereFact, unknown>>;
  if (typeof what !== "string" || typeof value !== "string" || value === "") return [];
  const shown = { what: what.slice(0, MAX_LENGTH), value: withoutLogin(value).slice(0, MAX_LENGTH) };
  return [{ ...shown, ...(typeof variable === "string" && { variable }) }];
}

/** A user and a password in an address are no part of where it is. */
function withoutLogin(text: string): string {
  const url = text.includes("@") ? URL.parse(text) : null;
  if (url === null || (url.username === "" && url.password === "")) return text;
  [url.username, url.password] = ["", ""];
  return url.href;
}
