import type { ErrorRule } from "@vaultlink/core/provider";

/**
 * One kind of refusal. Only if one of the vault's errors or warnings begins with what a rule says, in lower case: what
 * follows may be a caller's own words, e.g. the name of a role. With `at`, or from a vault that fails, if they contain it.
 * `""`: says anything, or names a wait. Without a hint and with `unauthenticated` the way of signing in knows the command.
 */
export interface VaultErrorRule extends ErrorRule {
  readonly status: readonly number[];
  /** Only in answers to a login, to its second factor, to the question whose a token is, to opening a wrapping, or to what a token does with itself. */
  readonly at?: "login" | "lookup" | "mfa" | "own-token" | "unwrap";
  /** Only if the answer describes a version in this state. */
  readonly state?: "deleted" | "destroyed";
  /** Also if the answer does not look like the vault's, e.g. an empty or an HTML one. */
  readonly anybody?: true;
  /** The vault will not recover by itself. */
  readonly hopeless?: true;
}

/**
 * Every refusal we know, the first that fits counts. Texts: HashiCorp Vault's and OpenBao's own, as their servers send
 * them; statuses: https://developer.hashicorp.com/vault/api-docs#http-status-codes.
 */
export const ERROR_RULES: readonly VaultErrorRule[] = [
  // Go's words for a host that is not there, and the directory's: the vault could not ask, which refuses nobody.
  {
    status: [400],
    at: "login",
    says: ["dial tcp", "error connecting to host", "i/o timeout"],
    code: "unavailable",
    message: "The vault does not reach whoever vouches for this login.",
  },
  { status: [400], at: "login", code: "unauthenticated", message: "The vault refuses this login." },
  {
    status: [400, 403],
    at: "unwrap",
    code: "unauthenticated",
    message: "The wrapping token was used already, has expired, or never was one; if you did not use it, who did?",
  },
  {
    status: [400],
    at: "mfa",
    code: "unauthenticated",
    message: "The vault did not wait for the second factor any longer.",
  },
  { status: [400], says: ["missing client token"], code: "unauthenticated", message: "The vault got no token." },
  {
    status: [400],
    at: "own-token",
    says: ["not renewable"],
    code: "unauthenticated",
    message: "The vault token cannot be renewed any more.",
  },
  {
    status: [400],
    says: ["batch tokens cannot be revoked"],
    code: "unusable",
    message: "The vault cannot end a batch token; it ends by itself.",
  },
  {
    status: [400],
    says: ["upgrading from non-versioned"],
    code: "unavailable",
    message: "The vault is upgrading this mount; that takes moments.",
  },
  { status: [400], code: "invalid_reference", message: "The vault cannot make sense of this reference." },
  {
    status: [403],
    at: "login",
    code: "unauthenticated",
    message: "The vault refuses this login, or nothing is mounted at this login path.",
  },
  {
    status: [403],
    at: "mfa",
    says: ["validation attempts"],
    code: "unauthenticated",
    message: "The vault was given too many wrong passcodes, and takes none for a while.",
  },
  {
    status: [403],
    at: "mfa",
    code: "unauthenticated",
    message: "The vault refuses the second factor: a passcode is wrong or was used already, or a device said no.",
  },
  {
    status: [403],
    says: ["invalid token", "bad token"],
    code: "unauthenticated",
    message: "The vault token is wrong, expired or revoked.",
  },
  {
    status: [403],
    code: "denied",
    message: "The vault does not let this identity do that.",
    hint: "vault token capabilities <path>",
  },
  {
    status: [404],
    says: ["no handler for route"],
    code: "invalid_config",
    message: "Nothing is mounted at this path of the vault.",
    hint: "vault secrets list",
  },
  {
    status: [404],
    says: ["namespace not found"],
    code: "invalid_config",
    message: "The vault has no such namespace.",
    hint: "vault namespace list",
  },
  {
    status: [404],
    says: ["invalid path for a versioned k/v secrets engine"],
    code: "invalid_config",
    message: "This mount holds versions: it is KV version 2.",
    hint: "vault secrets list -detailed",
  },
  {
    status: [404],
    at: "login",
    code: "invalid_config",
    message: "Nothing is mounted at this login path.",
    hint: "vault auth list",
  },
  {
    status: [404],
    at: "lookup",
    code: "invalid_config",
    message: "There is no vault at this address.",
    hint: "vault status",
  },
  {
    status: [404],
    state: "destroyed",
    code: "unusable",
    message: "This version of the secret was destroyed; only another version can be read.",
    hint: "vault kv metadata get <path>",
    reason: "destroyed",
  },
  {
    status: [404],
    state: "deleted",
    code: "unusable",
    message: "This version of the secret is deleted.",
    hint: "vault kv undelete -versions=<version> <path>",
    reason: "deleted",
  },
  { status: [404], code: "not_found", message: "The vault has no such secret." },
  { status: [405], code: "invalid_reference", message: "This path of the vault cannot be read." },
  { status: [412], anybody: true, code: "unavailable", message: "This node of the vault does not know our token yet." },
  { status: [429], says: [""], anybody: true, code: "throttled", message: "The vault's rate limit is reached." },
  { status: [429], anybody: true, code: "unavailable", message: "This node of the vault is a standby." },
  {
    status: [472],
    anybody: true,
    code: "unavailable",
    message: "This node of the vault is a standby for disaster recovery.",
  },
  { status: [473], anybody: true, code: "unavailable", message: "This node of the vault is a performance standby." },
  { status: [500], anybody: true, code: "unavailable", message: "The vault failed." },
  {
    status: [501],
    anybody: true,
    code: "invalid_config",
    message: "The vault is not initialised.",
    hint: "vault operator init",
  },
  { status: [502], anybody: true, code: "unavailable", message: "Something the vault depends on failed." },
  {
    status: [503],
    says: ["is sealed"],
    code: "unavailable",
    message: "The vault is sealed.",
    hint: "vault operator unseal",
    hopeless: true,
  },
  { status: [503], anybody: true, code: "unavailable", message: "The vault is down for maintenance." },
];
