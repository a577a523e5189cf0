/** Where clouds hand out credentials of the machine, by names and addresses that are not link-local. */
const METADATA_HOSTS: ReadonlySet<string> = new Set([
  "metadata",
  "metadata.goog",
  "metadata.google.internal",
  "100.100.100.200",
  "168.63.129.16",
  "192.0.0.192",
  "[fd00:ec2::23]",
  "[fd00:ec2::254]",
  "[fd20:ce::254]",
]);
const LINK_LOCAL = /^(?:169\.254\.\d+\.\d+|\[fe[89ab][0-9a-f]:.*\]|\[::ffff:a9fe:[0-9a-f:]+\])$/;
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Whether a URL's `hostname` is this machine's own, where plain http is safe. */
export function isLoopbackHost(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}

/**
 * Whether a URL's `hostname` is a cloud's metadata service: no vault lives there, a forged address might point there, and
 * what answers holds credentials.
 */
export function isMetadataHost(hostname: string): boolean {
  // A final dot names the same host.
  const host = hostname.replace(/\.$/, "");
  return METADATA_HOSTS.has(host) || LINK_LOCAL.test(host);
}
