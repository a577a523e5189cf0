import { isSecretError, SecretError } from "../errors/secret-error.ts";
import type { LinkTarget } from "../links.ts";
import { SecretValue } from "../secret-value.ts";
import type { Access } from "../access.ts";
import type { Env } from "../types.ts";
import type { VaultInternals } from "./internals.ts";

/**
 * Tells `onAccess` that a value was given, or refused. Throws `internal` for a value whose access could not be recorded: it
 * must not be given then.
 */
export function recordAccess(
  { clock, links, onAccess, registry }: VaultInternals,
  asked: { readonly name: string; readonly target: LinkTarget | undefined; readonly env?: Env | undefined },
  outcome: SecretValue | SecretError,
): void {
  if (onAccess === undefined) return;
  const { env, name, target } = asked;
  const link = links.get(name);
  // A text that is neither a name nor a valid reference may be a pasted secret.
  const reference = link?.reference ?? (target === undefined ? undefined : name);
  const connection = target?.connection;
  const named = connection === undefined ? undefined : registry.get(connection);
  // As whom it was read: under the caller's environment, which need not be the vault's.
  const identity = named && registry.known(named, env)?.connection.live()?.vaultIdentity;
  const access: Access = {
    at: clock.epochMs(),
    ...(link && { name }),
    ...(reference !== undefined && { reference }),
    ...(connection !== undefined && { connection }),
    ...(identity !== undefined && { identity }),
    ...(outcome instanceof SecretValue ? given(outcome) : { code: outcome.code }),
  };
  try {
    onAccess(access);
  } catch (thrown) {
    if (isSecretError(outcome)) return;
    if (isSecretError(thrown)) throw thrown;
    throw new SecretError("internal", "The access could not be recorded, so the value is not given.");
  }
}

function given({ provenance: { source, version } }: SecretValue): Pick<Access, "source" | "version"> {
  return { source, ...(version !== undefined && { version }) };
}
