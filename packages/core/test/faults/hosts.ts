import { isLoopbackHost, isMetadataHost } from "../../src/provider.ts";
import type { Row } from "./row.ts";

const hostnameOf = (host: string): string => URL.parse(`https://${host}/`)?.hostname ?? "";

const METADATA = [
  ...["169.254.169.254", "169.254.0.23", "0xa9fea9fe", "2852039166", "0251.0376.0251.0376", "169.254.43518"],
  ...["169.254.169.254.", "METADATA.GOOGLE.INTERNAL.", "metadata", "instance-data", "metadata.azure.internal"],
  ...["100.100.100.200", "0x646464c8", "[::ffff:100.100.100.200]", "[::ffff:6464:64c8]", "[::100.100.100.200]"],
  ...["[64:ff9b::100.100.100.200]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::a9fe:a9fe]", "[64:ff9b:1:2:3:4:a9fe:a9fe]"],
  ...["[64:ff9b:1:a9fe:a9:fe00::]", "[64:ff9b:1:a9:fe:a9fe::]", "[64:ff9b:1:0:a9:fea9:fe00:0]"],
  ...["[2002:a9fe:a9fe::]", "[2002:6464:64c8::1]", "[::ffff:0:a9fe:a9fe]", "[2001:0:a9fe:a9fe::]"],
  ...["[2001::5601:5601]", "[2600::5efe:a9fe:a9fe]", "[2600::200:5efe:a9fe:a9fe]", "[fe80::1]", "[febf::1]"],
  ...["[fd00:ec2::254]", "[fd00:0ec2:0:0:0:0:0:254]", "[fd20:ce::254]", "168.63.129.16", "[::ffff:c000:c0]"],
];

const OTHERS = [
  ...["vault.example.com", "metadata.example.com", "169.255.0.1", "169.253.255.255", "100.100.100.201", "10.0.0.1"],
  ...[
    "[64:ff9b::a00:1]",
    "[2002:a00:1::]",
    "[2600::a9fe:a9fe]",
    "[::ffff:10.0.0.1]",
    "[fec0::1]",
    "[::1]",
    "127.0.0.1",
  ],
];

const row = (host: string, right: boolean): Row => ({
  kind: "R24",
  what: `${host} is ${right ? "" : "not "}a metadata service`,
  act: () => [isMetadataHost(hostnameOf(host)), isMetadataHost(host)],
  right: [right, right],
});

export const HOSTS: readonly Row[] = [
  ...METADATA.map((host) => row(host, true)),
  ...OTHERS.map((host) => row(host, false)),
  { kind: "R24", what: "localhost. is this machine", act: () => isLoopbackHost("localhost."), right: true },
  {
    kind: "R24",
    what: "an IPv4 address in one of IPv6 is nobody to speak plain http with",
    act: () => isLoopbackHost(hostnameOf("[::ffff:127.0.0.1]")),
    right: false,
  },
];
