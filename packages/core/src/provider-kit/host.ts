import type { BlockList } from "node:net";
import { embeddedIpv4 } from "./embedded-ipv4.ts";

/** Names of the services in which clouds hand out credentials of the machine. */
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
