import { SecretError } from "@vaultlink/core";
import { type Env, variable } from "./env.ts";

/** Where clouds hand out credentials of the machine: a vault never lives there, a forged address might point there. */
const METADATA_HOSTS: ReadonlySet<string> = new Set([
  "metadata",
  "metadata.goog",
  "metadata.google.internal",
  "100.100.100.200",
  "168.63.129.16",
  "192.0.0.192",
  "[fd00:ec2::23]",
  "[fd00:ec2::254]",
  "[fd20:ce::254]",
]);
const LINK_LOCAL = /^(?:169\.254\.\d+\.\d+|\[fe[89ab][0-9a-f]:.*\]|\[::ffff:a9fe:[0-9a-f]+\])$/;
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

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
  const host = url.hostname.replace(/\.$/, "");
  if (METADATA_HOSTS.has(host) || LINK_LOCAL.test(host)) {
    throw refuse("The vault's address is that of a cloud's metadata service.");
  }
  if (url.protocol === "http:" && !LOOPBACK.test(host)) {
    throw refuse("The vault's address must begin with https; plain http is for loopback addresses only.");
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

/** The configured address, else that of the environment. Throws `invalid_config` if there is none. */
export function findAddress(configured: string | undefined, env: Env): string {
  if (configured !== undefined) return configured;
  const found = variable(env, "ADDR");
  if (found === undefined) throw refuse("No vault address is configured, and VAULT_ADDR is not set.");
  return parseAddress(found);
}

/** Whether the environment's token is meant for another vault than this one. */
export function isForAnotherVault(address: string, env: Env): boolean {
  const ambient = variable(env, "ADDR");
  if (ambient === undefined) return false;
  try {
    return parseAddress(ambient) !== address;
  } catch {
    return true;
  }
}

const refuse = (message: string): SecretError => new SecretError("invalid_config", message, { mend: MEND });
