import { type ConnectionStatus, isSecretError, type SecretError } from "@vaultlink/core";
import type { WhereFact } from "@vaultlink/core/provider";
import type { Configuration } from "../config/load.ts";
import { originFile } from "../config/origin-file.ts";
import { clean } from "../output/clean.ts";

/** A connection as commands show it. */
export interface ShownConnection {
  readonly name: string;
  readonly provider: string;
  /** `ready`, `not opened`, `not signed in`, `expired`, `failed`, `disconnected`, `opening` or `closed`. */
  readonly state: string;
  readonly where: readonly WhereFact[];
  readonly identity?: string;
  /** What a person calls that identity. */
  readonly displayName?: string;
  readonly expiresAt?: string;
  readonly requests?: ConnectionStatus["requests"];
  readonly hint?: string;
  readonly error?: ConnectionStatus["error"];
}

type Problem = NonNullable<ConnectionStatus["error"]>;

/**
 * In words of this command: what was never opened here is not what its user disconnected. `failed` is what opening it, or
 * looking at its configuration, came to; `where` is which vault it reaches, and `displayName` what a person calls the identity,
 * where those are shown.
 */
export function describeConnection(
  { name, provider, state, identity, expiresAt, requests, ...known }: ConnectionStatus,
  configuration: Configuration,
  {
    failed,
    where = [],
    displayName,
  }: {
    readonly failed?: SecretError | Problem | undefined;
    readonly where?: readonly WhereFact[];
    readonly displayName?: string | undefined;
  } = {},
): ShownConnection {
  const { connections, user } = configuration;
  const isDisconnected = user.content.disconnected?.includes(name) === true;
  const error = known.error ?? (isSecretError(failed) ? plain(failed) : failed);
  const found = connections.get(name);
  const file = originFile(found?.origin, configuration);
  const edit = error?.code === "invalid_config" ? `Edit ${clean(file)}` : undefined;
  const hint = error?.hint ?? edit ?? (isDisconnected ? `vaultlink reauth ${name}` : undefined);
  return {
    ...{ name, provider },
    state: stateOf(state, isDisconnected, error),
    where,
    ...(identity !== undefined && { identity }),
    ...(displayName !== undefined && { displayName }),
    ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt).toISOString() }),
    ...(requests !== undefined && { requests }),
    ...(hint !== undefined && { hint }),
    ...(error !== undefined && { error }),
  };
}

function stateOf(state: ConnectionStatus["state"], isDisconnected: boolean, error: Problem | undefined): string {
  // What an agent held and lost has expired; what one command could not sign in to was never signed in to here.
  if (error?.code === "unauthenticated")
    return state === "expired" && error.reason === "expired" ? state : "not signed in";
  if (error !== undefined) return "failed";
  return state === "disconnected" && !isDisconnected ? "not opened" : state;
}

function plain({ code, message, details }: SecretError): Problem {
  const { hint, retryAfterMs } = details;
  return {
    ...{ code, message },
    ...(hint !== undefined && { hint }),
    ...(retryAfterMs !== undefined && Number.isFinite(retryAfterMs) && { retryAfterMs }),
  };
}
