import { SecretError } from "../errors/secret-error.ts";
import type { Context } from "../contract/provider.ts";
import { normaliseNoProxy } from "./no-proxy.ts";

/**
 * The caller's proxy for https as the option `proxyEnv` of Node's agents takes it, `undefined` if there is none: checked and
 * rewritten, since they go round a proxy that they do not understand. It may hold a password. Which variable counts is curl's rule: the lower-case one first, then `ALL_PROXY`; a
 * `host:port` is a proxy that is spoken to in http.
 * https://nodejs.org/api/https.html#new-agentoptions, https://curl.se/docs/manpage.html#ENVIRONMENT
 * Throws `invalid_config` for what is no usable proxy, and where this Node's agents know no proxies. Quotes nothing.
 */
export function findProxy(env: Context["env"]): Readonly<Record<string, string>> | undefined {
  const given = pick(env, "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY");
  if (given === undefined) return undefined;
  const exceptions = normaliseNoProxy(pick(env, "no_proxy", "NO_PROXY")?.text ?? "");
  if (exceptions.includes("*")) return undefined;
  const proxy = parseProxy(given.text, given.name);
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (!(major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21))) {
    throw refuse("A proxy needs Node 22.21, 24.5 or later.");
  }
  return { HTTPS_PROXY: proxy, ...(exceptions.length > 0 && { NO_PROXY: exceptions.join(",") }) };
}

/** The first that holds something; an empty variable is as good as none. */
function pick(
  env: Context["env"],
  ...names: readonly string[]
): { readonly name: string; readonly text: string } | undefined {
  for (const name of names) {
    const text = env[name]?.trim();
    if (text) return { name, text };
  }
  return undefined;
}

function parseProxy(text: string, variable: string): string {
  // A URL's parser drops line breaks and blanks, and reads letters before a colon as a scheme.
  const url = /[\s\p{Cc}]/u.test(text)
    ? null
    : URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (url === null || url.port === "0") throw refuse(`${variable} is no proxy's address, such as http://proxy:3128.`);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw refuse(`${variable} names a proxy that is not spoken to in http or https; no other can be used.`);
  }
  // A password with an unescaped / or # moves the border of the host.
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "") {
    throw refuse(`${variable} holds more than a proxy's host, port, user name and password.`);
  }
  try {
    decodeURIComponent(url.username);
    decodeURIComponent(url.password);
  } catch {
    throw refuse(`In the user name and the password of ${variable}, % is written %25.`);
  }
  // Node's agents check an https proxy as this variable says, and send it the password.
  if (url.protocol === "https:" && process.env["NODE_TLS_REJECT_UNAUTHORIZED"] === "0") {
    throw refuse(`NODE_TLS_REJECT_UNAUTHORIZED=0 would let anybody be the proxy of ${variable}; unset it.`);
  }
  return url.href.replace(/\/$/, "");
}

const refuse = (message: string): SecretError => new SecretError("invalid_config", message);
