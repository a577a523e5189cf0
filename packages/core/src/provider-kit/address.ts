import { isLoopbackHost, isMetadataHost } from "./host.ts";
import { invalidConfig } from "./check-options.ts";

/** How an address is called, and what it may be. */
export interface AddressRules {
  /** Begins the sentences of its errors: `'Option "address"'`, or the name of a variable. */
  readonly what: string;
  /** An address as it should be, e.g. `"https://vault.example.com:8200"`. */
  readonly example: string;
  readonly hint?: string;
  /** Whether http is refused on loopback too. @default false */
  readonly httpsOnly?: boolean;
}

/**
 * Checks the base URL of a vault and gives it without a final slash: https, or http on loopback, with a host and a path
 * and nothing else. Throws `invalid_config` for anything else, and for a cloud's metadata service; never shows the text.
 */
export function parseAddress(text: string, { what, example, hint, httpsOnly = false }: AddressRules): string {
  // `new URL` would put the text, maybe with a password, on its error.
  const url = URL.parse(text);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw invalidConfig(`${what} must be a URL such as ${example}.`, hint);
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw invalidConfig(`${what} must hold a host and a path, and nothing else.`, hint);
  }
  if (isMetadataHost(url.hostname)) throw invalidConfig(`${what} is that of a cloud's metadata service.`, hint);
  if (url.protocol === "http:" && httpsOnly) throw invalidConfig(`${what} must begin with https.`, hint);
  if (!isSecureUrl(url)) {
    throw invalidConfig(`${what} must begin with https; plain http is for loopback addresses only.`, hint);
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

/** Whether nobody on the way can read or change what is sent to a URL: https, or http on loopback; no metadata service. */
export function isSecureUrl(url: URL): boolean {
  if (url.protocol === "http:") return isLoopbackHost(url.hostname);
  return url.protocol === "https:" && !isMetadataHost(url.hostname);
}
