import { type Context, isSecretError, type Locator, SecretError, type SecretDocument } from "@vaultlink/core/provider";
import type { Requester } from "./request.ts";
import type { Clients } from "./clients.ts";
import { type Manner, toDocument } from "./document.ts";
import { checkLocator, type Target } from "./locator.ts";
import type { VaultAddress } from "./vault-address.ts";

/** What a session reads with. */
export interface Reader {
  readonly request: Requester;
  readonly clients: Clients;
  readonly vaults: readonly VaultAddress[];
  readonly outdated: Manner["outdated"];
}

/** Reads one secret. A value read twice is two requests: nothing is remembered here. */
export async function read(reader: Reader, locator: Locator, context: Context): Promise<SecretDocument> {
  const { request, clients, vaults, outdated } = reader;
  const target = checkLocator(locator, vaults);
  const { vault, name, version, binary } = target;
  try {
    const secret = await request("read", context, (abortSignal) =>
      clients(vault).getSecret(name, { abortSignal, ...(version !== undefined && { version }) }),
    );
    return { ...toDocument(secret, { binary, outdated }), id: idOf(target) };
  } catch (thrown) {
    if (isSecretError(thrown) && thrown.code === "not_found") throw await explain(thrown, reader, target, context);
    throw thrown;
  }
}

/** A secret's identifier, without a version: the same for every way to write it, since names count in any case. */
const idOf = ({ vault, name }: Target): string => `${vault.url}/secrets/${name.toLowerCase()}`;

/**
 * A vault says the same of what was never there and of what was deleted and can be recovered. Who may look at deleted
 * secrets is told the difference; that is a permission of its own, and without it nothing changes.
 */
async function explain(
  missing: SecretError,
  { request, clients }: Reader,
  { vault, name }: Target,
  context: Context,
): Promise<SecretError> {
  try {
    await request("list", context, (abortSignal) => clients(vault).getDeletedSecret(name, { abortSignal }));
  } catch {
    return missing;
  }
  return new SecretError("unusable", "The secret was deleted; it can still be recovered.", {
    reason: "deleted",
    hint: "az keyvault secret recover --vault-name <vault> --name <name>",
    ...(missing.details.native && { native: missing.details.native }),
  });
}
