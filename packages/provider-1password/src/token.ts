import { isSecureUrl, SecretError } from "@vaultlink/core/provider";

/** What a service account's token says about itself; the rest of it is keys. */
export interface TokenInfo {
  /** Origin of the account's server. */
  readonly origin: string;
  /** Name of the service account. */
  readonly email: string;
}

/** The command that gives a new token to whoever lost theirs. */
export const HINT = "export OP_SERVICE_ACCOUNT_TOKEN=…";

/**
 * Reads address and service account out of a token. Throws `unauthenticated` for what is no token, and for one whose
 * address is not https, or http on loopback, or is a cloud's metadata service.
 */
export function readToken(token: string): TokenInfo {
  const { signInAddress, email } = contentOf(token);
  if (typeof signInAddress !== "string" || typeof email !== "string" || !/^[\x21-\x7e]{1,254}$/.test(email)) {
    throw refuse("This is not the token of a 1Password service account.");
  }
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(signInAddress) ? signInAddress : `https://${signInAddress}`);
  if (url === null || !isSecureUrl(url)) throw refuse("The token's sign-in address is not one of 1Password's.");
  return { origin: url.origin, email };
}

function contentOf(token: string): Readonly<Record<string, unknown>> {
  const encoded = /^ops_([\w-]{1,16384})$/.exec(token)?.[1];
  try {
    const content: unknown = JSON.parse(Buffer.from(encoded ?? "", "base64url").toString("utf8"));
    if (typeof content === "object" && content !== null) return content as Record<string, unknown>;
  } catch {
    // Said below: the error of `JSON.parse` would quote the token.
  }
  throw refuse("This is not the token of a 1Password service account.");
}

const refuse = (message: string): SecretError => new SecretError("unauthenticated", message, { hint: HINT });
