import { SecretError } from "../errors/secret-error.ts";

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
