import { SecretError } from "../errors/secret-error.ts";
import type { Context } from "../contract/provider.ts";

/** What `findProxy` and `trustedCertificates` look at: a provider that calls them has these among its `envVariables`. */
export const NETWORK_VARIABLES: readonly string[] = [
  ...["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"],
  ...["NODE_EXTRA_CA_CERTS", "NODE_USE_SYSTEM_CA"],
];

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

const NAME = /^[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?$/;

/**
 * The hosts that are reached without a proxy, rewritten so that Node's agents read them as curl does: a name stands for
 * the hosts below it too, blanks separate as commas do, ranges of IPv4 addresses may be written with a prefix length.
 * https://curl.se/libcurl/c/CURLOPT_NOPROXY.html, https://nodejs.org/api/http.html#no_proxy-format
 * Throws `invalid_config` for what Node's agents cannot honour, and never quotes it.
 */
export function normaliseNoProxy(text: string): readonly string[] {
  const entries = text.split(/[\s,]+/).filter((entry) => entry !== "");
  return entries.includes("*") ? ["*"] : entries.flatMap((entry) => normaliseEntry(entry.toLowerCase()));
}

function normaliseEntry(entry: string): readonly string[] {
  const { isIPv4, isIPv6 } = process.getBuiltinModule("node:net");
  if (entry.includes("/")) return [normaliseSubnet(entry)];
  const range = entry.split("-");
  if (range.length === 2 && range.every(isIPv4)) return [entry];
  const text = isIPv6(entry) ? `[${entry}]` : entry;
  const [, below = "", written = "", port = ""] = /^(\*?\.)?(.*?)\.?(:\d{1,5})?$/.exec(text) ?? [];
  const host = hostOf(written);
  if (isIPv6(host) || isIPv4(written)) {
    if (below === "") return [`${host}${port}`];
  } else if (NAME.test(host) && !isIPv4(host)) {
    if (port === "") return below === "*." ? [`*.${host}`] : [host, `*.${host}`];
    if (below === "") return [`${host}${port}`];
  }
  throw strange();
}

/** As a URL would have it, since that is what Node compares: addresses in their one form, names in ASCII, no brackets. */
function hostOf(written: string): string {
  if (/[@?#\\:]/.test(written) && !/^\[[0-9a-f:.]+\]$/.test(written)) return "";
  return (URL.parse(`http://${written}/`)?.hostname ?? "").replace(/^\[|\]$/g, "");
}

function normaliseSubnet(entry: string): string {
  const { isIPv4, isIPv6 } = process.getBuiltinModule("node:net");
  const [, base = "", digits = ""] = /^([^/]*)\/(\d{1,3})$/.exec(entry) ?? [];
  const length = Number(digits);
  if (isIPv6(base) && digits !== "" && length === 128) return hostOf(`[${base}]`);
  if (isIPv6(base)) throw refuse("NO_PROXY holds a range of IPv6 addresses, which Node cannot honour; list them.");
  // Some systems leave out zeros at the end: 169.254/16.
  const address = /^[\d.]+$/.test(base) ? [...base.split("."), "0", "0", "0"].slice(0, 4).join(".") : "";
  if (!isIPv4(address) || base.split(".").length > 4 || digits === "" || length > 32) {
    throw strange();
  }
  const size = 2 ** (32 - length);
  const given = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const first = given - (given % size);
  return `${dotted(first)}-${dotted(first + size - 1)}`;
}

const dotted = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");

const strange = (): SecretError =>
  refuse("NO_PROXY holds something that is no host name, address or range of IPv4 addresses.");

const refuse = (message: string): SecretError => new SecretError("invalid_config", message);
