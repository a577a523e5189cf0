import { isLoopbackHost, isMetadataHost, SecretError } from "@vaultlink/core/provider";

/**
 * Checks a Connect server's address and gives it without a final slash. Throws `invalid_config` for what is no https URL;
 * plain http is for loopback only, since every request carries the token.
 */
export function parseHost(text: string, what: string): string {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw refuse(`${what} must be a URL such as https://connect.example.com.`);
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw refuse(`${what} must hold a host and a path, and nothing else.`);
  }
  if (isMetadataHost(url.hostname)) throw refuse(`${what} is that of a cloud's metadata service.`);
  if (url.protocol === "http:" && !isLoopbackHost(url.hostname.replace(/\.$/, ""))) {
    throw refuse(`${what} must begin with https; plain http is for loopback addresses only.`);
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

const refuse = (message: string): SecretError =>
  new SecretError("invalid_config", message, { hint: "export OP_CONNECT_HOST=https://connect.example.com" });
