import { isLoopbackHost, isMetadataHost, SecretError } from "@vaultlink/core/provider";
import { type Env, variable } from "./env.ts";

const MEND = "export VAULT_ADDR=https://vault.example.com:8200";

/**
 * Checks a vault's address and gives it without a final slash. Throws `invalid_config` for what is no https URL; plain
 * http is for loopback only, since every request carries a token.
 */
export function parseAddress(text: string): string {
  // `new URL` would put the text, maybe with a password, on its error.
  const url = URL.parse(text);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw refuse("The vault's address is not a URL such as https://vault.example.com:8200.");
  }
  if (url.username !== "" || url.password !== "") throw refuse("The vault's address holds a user name or a password.");
  if (url.search !== "" || url.hash !== "") throw refuse("The vault's address holds more than a host and a path.");
  if (isMetadataHost(url.hostname)) {
    throw refuse("The vault's address is that of a cloud's metadata service.");
  }
  if (url.protocol === "http:" && !isLoopbackHost(url.hostname.replace(/\.$/, ""))) {
    throw refuse("The vault's address must begin with https; plain http is for loopback addresses only.");
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

/**
 * The configured address, else that of the environment; `agent`: that of its local proxy, if there is one.
 * Throws `invalid_config` if there is none.
 */
export function findAddress(
  configured: string | undefined,
  env: Env,
  about: { readonly agent?: boolean } = {},
): string {
  if (configured !== undefined) return configured;
  const found = (about.agent === true ? variable(env, "AGENT_ADDR") : undefined) ?? variable(env, "ADDR");
  if (found === undefined) throw refuse("No vault address is configured, and VAULT_ADDR is not set.");
  return parseAddress(found);
}

/** A vault as a connection has it. */
interface Called {
  readonly address: string;
  readonly options: { readonly nodes?: readonly string[] };
}

/** Whether the environment's credentials are meant for another vault than this one and its other nodes. */
export function isForAnotherVault({ address, options }: Called, env: Env): boolean {
  const envVariables = variable(env, "ADDR");
  if (envVariables === undefined) return false;
  try {
    return ![address, ...(options.nodes ?? [])].includes(parseAddress(envVariables));
  } catch {
    return true;
  }
}

const refuse = (message: string): SecretError => new SecretError("invalid_config", message, { hint: MEND });
