import { invalidConfig, parseAddress as parse, type ProviderEnv } from "@vaultlink/core/provider";
import { variable } from "./env.ts";

const EXAMPLE = "https://vault.example.com:8200";
const HINT = `export VAULT_ADDR=${EXAMPLE}`;

/**
 * Checks a vault's address and gives it without a final slash. Throws `invalid_config` for what is no https URL; plain
 * http is for loopback only, since every request carries a token.
 */
export function parseAddress(text: string): string {
  return parse(text, { what: "The vault's address", example: EXAMPLE, hint: HINT });
}

/**
 * The configured address, else that of the environment; `agent`: that of its local proxy, if there is one.
 * Throws `invalid_config` if there is none.
 */
export function findAddress(
  configured: string | undefined,
  env: ProviderEnv,
  about: { readonly agent?: boolean } = {},
): string {
  if (configured !== undefined) return configured;
  const found = (about.agent === true ? variable(env, "AGENT_ADDR") : undefined) ?? variable(env, "ADDR");
  if (found === undefined) throw invalidConfig("No vault address is configured, and VAULT_ADDR is not set.", HINT);
  return parseAddress(found);
}

/** A vault as a connection has it. */
interface Called {
  readonly address: string;
  readonly options: { readonly nodes?: readonly string[] };
}

/** Whether the environment's credentials are meant for another vault than this one and its other nodes. */
export function isForAnotherVault({ address, options }: Called, env: ProviderEnv): boolean {
  const held = variable(env, "ADDR");
  if (held === undefined) return false;
  try {
    return ![address, ...(options.nodes ?? [])].includes(parseAddress(held));
  } catch {
    return true;
  }
}
