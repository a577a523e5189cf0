import type { GetTokenOptions } from "@azure/identity";
import {
  abortable,
  definedMembers,
  type Prompter,
  type ProviderEnv,
  SecretError,
  variable,
} from "@vaultlink/core/provider";
import { checkTenant } from "../check-options.ts";
import { toSecretError } from "../errors.ts";
import { type Exchange, within } from "../exchanges.ts";
import type { AuthMethod, AuthOptions } from "../options.ts";
import type { Settings } from "../settings.ts";
import { type PipelineOptions, pipelineOptions, type Transport } from "../transport.ts";
import type { Token, TokenRequest } from "./source.ts";

/** What every way of signing in starts from. */
export interface CredentialContext {
  readonly auth: AuthOptions;
  readonly env: ProviderEnv;
  readonly settings: Settings;
  readonly transport: Transport;
  /** What programs started for a token are given, beside `env`. */
  readonly programEnv: ProviderEnv;
  readonly method: AuthMethod;
  /** The command that gives new credentials. */
  readonly hint: string;
  /** The person, where a new sign-in was asked for: asked before what is found is taken. */
  readonly askFirst?: Prompter | undefined;
}

/** What every credential of the SDK is made with. */
export interface CredentialOptions extends PipelineOptions {
  readonly authorityHost: string;
  readonly disableInstanceDiscovery: boolean;
  additionallyAllowedTenants: string[];
}

export function credentialOptions({ auth, env, settings, transport }: CredentialContext): CredentialOptions {
  return {
    ...pipelineOptions(transport),
    authorityHost: settings.authority,
    disableInstanceDiscovery: settings.privateAuthority,
    additionallyAllowedTenants: [...additionalTenants(auth, env)],
  };
}

/** Tenants beside the configured one whose vaults may be asked. */
export function additionalTenants(auth: AuthOptions, env: ProviderEnv): readonly string[] {
  const listed = variable(env, "AZURE_ADDITIONALLY_ALLOWED_TENANTS")?.split(";") ?? [];
  const given = auth.additionalTenants ?? listed.map((tenant) => tenant.trim()).filter((tenant) => tenant !== "");
  return given.map((tenant) => tenant.toLowerCase());
}

/** The configured tenant, if there is one, in lower case: the SDK compares letter by letter. Throws `invalid_config` for what is none. */
export function configuredTenant({ auth, env }: Pick<CredentialContext, "auth" | "env">): string | undefined {
  if (auth.tenantId !== undefined) return auth.tenantId.toLowerCase();
  const held = variable(env, "AZURE_TENANT_ID");
  return held === undefined ? undefined : checkTenant("AZURE_TENANT_ID", held).toLowerCase();
}

/** The tenant to sign in to: the configured one, else the vault's. Throws `invalid_config` if neither is known. */
export function homeTenant(context: CredentialContext, { tenantId }: TokenRequest): string {
  const tenant = configuredTenant(context) ?? tenantId;
  if (tenant !== undefined) return tenant;
  throw new SecretError("invalid_config", "No tenant is configured, and the key vault names none.", {
    hint: "export AZURE_TENANT_ID=…",
  });
}

/** The application or identity that signs in. Throws `invalid_config` if there is none. */
export function clientIdOf({ auth, env }: CredentialContext): string {
  const clientId = auth.clientId ?? variable(env, "AZURE_CLIENT_ID");
  if (clientId !== undefined) return clientId;
  throw new SecretError("invalid_config", "No client id is configured, and AZURE_CLIENT_ID is not set.", {
    hint: "export AZURE_CLIENT_ID=…",
  });
}

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * What a credential of the SDK is asked with. A vault names its tenant by id; where a tenant is configured by a name, the
 * SDK would take the two for different ones.
 */
export function getTokenOptions(request: Omit<TokenRequest, "scope">, configured: string | undefined): GetTokenOptions {
  const { claims, signal } = request;
  const tenantId = configured === undefined || GUID.test(configured) ? request.tenantId : configured;
  return {
    abortSignal: signal,
    enableCae: true,
    ...definedMembers({ tenantId, claims }),
  };
}

/** Runs a sign-in of the SDK; what goes wrong becomes our error. It ends with its signal, although the SDK ignores that. */
export async function signingIn<T>(
  { hint, method }: CredentialContext,
  { signal }: TokenRequest,
  run: () => Promise<T>,
): Promise<T> {
  const exchanges: Exchange[] = [];
  try {
    return await abortable(within(exchanges, run), signal);
  } catch (thrown) {
    throw toSecretError(thrown, { during: "login", exchanges, hint, method, signal });
  }
}

/** A token as the SDK gives it; it may give none. */
export function expectToken(token: Token | null): Token {
  if (token !== null) return token;
  throw new SecretError("unavailable", "Azure's SDK gave no token, and no reason.");
}
