import { isSecretError, SecretError } from "@vaultlink/core/provider";

/** Sentences for the codes of Node and undici that a person can do something about. */
const SENTENCES: readonly { readonly codes: RegExp; readonly message: string; readonly hint?: string }[] = [
  { codes: /^(?:ENOTFOUND|EAI_AGAIN)$/, message: "The vault's host name is not known here." },
  { codes: /^ECONNREFUSED$/, message: "Nothing answers at the vault's address.", hint: "vault status" },
  {
    codes: /^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET|ECONNABORTED)$/,
    message: "The connection to the vault broke before its answer was complete.",
  },
  {
    codes: /^ERR_TLS_CERT_ALTNAME_/,
    message: "The vault's certificate is for another host name.",
    hint: "export VAULT_TLS_SERVER_NAME=<the name in the certificate>",
  },
  {
    codes: /^CERT_HAS_EXPIRED$/,
    message: "The vault's certificate, or one it depends on, has expired.",
    hint: "renew the vault's certificate",
  },
  {
    codes: /^CERT_NOT_YET_VALID$/,
    message: "The vault's certificate is not valid yet, or the clock of this machine is wrong.",
    hint: "check the clock",
  },
  {
    codes: /^CERT_REVOKED$/,
    message: "The vault's certificate was revoked.",
    hint: "renew the vault's certificate",
  },
  {
    codes: /^(?:ERR_TLS_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_CA$)/,
    message: "The vault's certificate is not trusted.",
    hint: "export VAULT_CACERT=/path/to/ca.pem",
  },
  { codes: /^(?:ERR_SSL_|EPROTO$)/, message: "The vault's address does not speak TLS, or refuses our certificate." },
  { codes: /^ERR_PROXY_/, message: "The proxy did not connect us to the vault." },
];

/** Turns what a transport threw into our error. Of the original only the code remains: the rest may hold the token. */
export function unreachable(thrown: unknown, signal: AbortSignal): SecretError {
  if (isSecretError(thrown)) return thrown;
  if (signal.aborted) return new SecretError("aborted", "The call was cancelled.");
  const code = networkCode(thrown);
  const known = SENTENCES.find(({ codes }) => code !== undefined && codes.test(code));
  return new SecretError("unavailable", known?.message ?? "The vault could not be reached.", {
    ...(known?.hint !== undefined && { hint: known.hint }),
    ...(code !== undefined && { native: { code } }),
  });
}

/** Node's or undici's code for what a transport threw. fetch throws a TypeError whose cause, or its first error, has it. */
export function networkCode(thrown: unknown): string | undefined {
  let at: unknown = thrown;
  for (let depth = 0; depth < 4 && typeof at === "object" && at !== null; depth++) {
    const { code, cause, errors } = at as { code?: unknown; cause?: unknown; errors?: unknown };
    if (typeof code === "string" && /^[A-Z][A-Z0-9_]{1,60}$/.test(code)) return code;
    at = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
  }
  return undefined;
}
