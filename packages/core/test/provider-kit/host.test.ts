import { expect, it } from "vitest";
import { isLoopbackHost, isMetadataHost } from "../../src/provider.ts";

const hostnameOf = (host: string): string => URL.parse(`https://${host}/`)?.hostname ?? "";

it.each([
  ...["169.254.169.254", "169.254.170.2", "2852039166", "[fe80::1]", "[::ffff:169.254.169.254]"],
  ...["metadata", "METADATA.google.internal", "metadata.google.internal.", "metadata.goog"],
  ...["100.100.100.200", "168.63.129.16", "192.0.0.192", "[fd00:ec2::254]", "[fd00:ec2::23]", "[fd20:ce::254]"],
])("%s is where a cloud hands out credentials", (host) => {
  expect(isMetadataHost(hostnameOf(host))).toBe(true);
});

it.each(["vault.example.com", "metadata.example.com", "127.0.0.1", "10.169.254.1", "[fd00:ec2::1]"])(
  "%s may be a vault's",
  (host) => {
    expect(isMetadataHost(hostnameOf(host))).toBe(false);
  },
);

it.each([
  ["localhost", true],
  ["127.0.0.1", true],
  ["127.1.2.3", true],
  ["[::1]", true],
  ["localhost.example.com", false],
  ["127.0.0.1.example.com", false],
  ["128.0.0.1", false],
  ["[::2]", false],
])("%s is this machine: %s", (host, own) => {
  expect(isLoopbackHost(hostnameOf(host))).toBe(own);
});
