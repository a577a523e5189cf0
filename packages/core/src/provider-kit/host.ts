import type { BlockList } from "node:net";

/**
 * Names of the services in which clouds hand out credentials of the machine: Amazon's, Google's and Tencent's as their
 * pages have them; `metadata.goog` and Azure's are in other guards' lists, the vendors' pages name addresses alone.
 */
const METADATA_NAMES: ReadonlySet<string> = new Set([
  "instance-data",
  "instance-data.ec2.internal",
  "metadata",
  "metadata.azure.internal",
  "metadata.goog",
  "metadata.google.internal",
  "metadata.tencentyun.com",
]);
/** Their addresses beside the link-local ones: Alibaba's, Azure's, Oracle's; Amazon's and Google's. */
const METADATA_IPV4 = ["100.100.100.200", "168.63.129.16", "192.0.0.192"];
const METADATA_IPV6 = ["fd00:ec2::23", "fd00:ec2::254", "fd20:ce::254"];
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

let metadataAddresses: BlockList | undefined;

/** Whether a URL's `hostname` is this machine's own, where plain http is safe. A final dot names the same host. */
export function isLoopbackHost(hostname: string): boolean {
  return LOOPBACK.test(hostname.replace(/\.$/, ""));
}

/**
 * Whether a URL's `hostname` is a cloud's metadata service: no vault lives there, a forged address might point there, and
 * what answers holds credentials. Every spelling of an address counts, also an IPv4 address inside one of IPv6.
 */
export function isMetadataHost(hostname: string): boolean {
  const { isIPv4, isIPv6 } = process.getBuiltinModule("node:net");
  // The parser of URLs brings names to lower case, and addresses that are written as one number to the usual form.
  const host = (URL.parse(`http://${hostname}/`)?.hostname ?? hostname).replace(/\.+$/, "");
  if (isIPv4(host)) return blocked().check(host, "ipv4");
  const address = host.replace(/^\[|\]$/g, "");
  if (!isIPv6(address)) return METADATA_NAMES.has(host);
  return blocked().check(address, "ipv6") || embeddedIpv4(address).some((inner) => blocked().check(inner, "ipv4"));
}

function blocked(): BlockList {
  if (metadataAddresses === undefined) {
    const { BlockList } = process.getBuiltinModule("node:net");
    metadataAddresses = new BlockList();
    metadataAddresses.addSubnet("169.254.0.0", 16, "ipv4");
    metadataAddresses.addSubnet("fe80::", 10, "ipv6");
    for (const address of METADATA_IPV4) metadataAddresses.addAddress(address, "ipv4");
    for (const address of METADATA_IPV6) metadataAddresses.addAddress(address, "ipv6");
  }
  return metadataAddresses;
}

/**
 * The IPv4 addresses that an IPv6 address stands for, by the prefixes whose meaning is fixed: IPv4-mapped, -compatible and
 * -translated, NAT64, 6to4, Teredo and ISATAP. RFC 4291, 2.5.5; RFC 2765, 2.1; RFC 6052, 2.2; RFC 8215; RFC 3056, 2;
 * RFC 4380, 4; RFC 5214, 6.1.
 */
export function embeddedIpv4(address: string): readonly string[] {
  const groups = groupsOf(address);
  const at = (index: number): number => groups[index] ?? 0;
  const starts = (...wanted: readonly number[]): boolean => wanted.every((group, index) => at(index) === group);
  const last = dotted(at(6), at(7));
  const found: string[] = [];
  if (starts(0, 0, 0, 0, 0, 0) || starts(0, 0, 0, 0, 0, 0xffff) || starts(0, 0, 0, 0, 0xffff, 0)) found.push(last);
  if (starts(0x64, 0xff9b, 0, 0, 0, 0)) found.push(last);
  // A network chooses the length of its own NAT64 prefix below this one: 48, 56, 64 or 96 bits.
  if (starts(0x64, 0xff9b, 1)) {
    const [a, b, c, d] = [at(3), at(4), at(5), at(6)];
    // The byte that the high half of the fifth group holds belongs to no address.
    found.push(last, dotted(a, low(b, c)), dotted(low(a, b << 8), c), dotted(low(b, c), low(c, d)));
  }
  if (starts(0x2002)) found.push(dotted(at(1), at(2)));
  if (starts(0x2001, 0)) found.push(dotted(at(2), at(3)), dotted(at(6) ^ 0xffff, at(7) ^ 0xffff));
  if ((at(4) & 0xfdff) === 0 && at(5) === 0x5efe) found.push(last);
  return found;
}

/** The low byte of a group followed by the high byte of the next. */
const low = (group: number, next: number): number => ((group & 0xff) << 8) | (next >> 8);

const dotted = (high: number, rest: number): string => [high >> 8, high & 0xff, rest >> 8, rest & 0xff].join(".");

/** Its eight groups. The address is in the form that URLs give it: hexadecimal, at most one `::`. */
function groupsOf(address: string): readonly number[] {
  const [head = "", tail = ""] = address.split("::");
  const parse = (part: string): number[] =>
    part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16));
  const [first, last] = [parse(head), parse(tail)];
  return [...first, ...Array.from({ length: 8 - first.length - last.length }, () => 0), ...last];
}
