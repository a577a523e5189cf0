import { azure } from "../../src/index.ts";
import { readOne, useAzure } from "../support.ts";
import { code, type Fault, SEED, told } from "./fault.ts";
import { expect, it } from "vitest";

const server = useAzure({ seed: SEED });

const METADATA = [
  "https://169.254.169.254",
  "https://169.254.169.254/metadata",
  "https://0xa9fea9fe",
  "https://2852039166",
  "https://[::ffff:169.254.169.254]",
  "https://metadata.google.internal",
  "https://METADATA.google.internal./x",
  "https://100.100.100.200",
  "https://[fd00:ec2::254]",
];

const FAULTS: readonly Fault[] = [
  ...METADATA.flatMap((address): readonly Fault[] => [
    {
      id: "R24",
      when: `option "authorityHost" is ${address}`,
      outcome: () => code(() => azure({ authorityHost: address })),
      right: "invalid_config",
    },
    {
      id: "R24",
      when: `AZURE_AUTHORITY_HOST is ${address}`,
      outcome: (stand) => told(readOne({}, { env: { ...stand.env, AZURE_AUTHORITY_HOST: address } })),
      right: "invalid_config",
    },
    {
      id: "R24",
      when: `a vault is ${address}`,
      outcome: () => code(() => azure({ vaults: [address] })),
      right: "invalid_config",
    },
  ]),
];

it.each(FAULTS)("$id: $when", async ({ outcome, right }) => {
  expect(await outcome(server.azure)).toEqual(right);
});
