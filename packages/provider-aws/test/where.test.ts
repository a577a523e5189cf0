import { expect, it } from "vitest";
import { aws } from "../src/index.ts";

const { signal } = new AbortController();

it.each<[string, Parameters<typeof aws>[0], Record<string, string>, object]>([
  [
    "region, account, profile and role",
    { account: "111111111111", auth: { profile: "dev" }, role: { arn: "arn:aws:iam::111111111111:role/reader" } },
    { AWS_REGION: "eu-west-1", AWS_CA_BUNDLE: "/ca.pem" },
    {
      facts: [
        "region eu-west-1 from AWS_REGION",
        "account 111111111111",
        "profile dev",
        "role arn:aws:iam::111111111111:role/reader",
      ],
      address: "https://secretsmanager.eu-west-1.amazonaws.com",
      caFile: "/ca.pem",
    },
  ],
  [
    "China's own domain",
    { region: "cn-north-1" },
    {},
    { facts: ["region cn-north-1"], address: "https://secretsmanager.cn-north-1.amazonaws.com.cn" },
  ],
  [
    "FIPS",
    { region: "us-east-1", fips: true },
    {},
    { facts: ["region us-east-1"], address: "https://secretsmanager-fips.us-east-1.amazonaws.com" },
  ],
  [
    "an endpoint of the environment",
    { region: "us-east-1" },
    { AWS_ENDPOINT_URL: "https://moto.test" },
    {
      facts: ["region us-east-1", "endpoint https://moto.test from AWS_ENDPOINT_URL"],
      address: "https://moto.test",
    },
  ],
  ["a region that is none", {}, { AWS_REGION: "x/y" }, { facts: ["region x/y from AWS_REGION"] }],
  ["nothing", {}, {}, { facts: [] }],
])("says which vault it reaches: %s", async (_what, options, env, right) => {
  const told = await aws(options).where?.({ env, signal });
  const inWords = told?.facts.map(
    ({ what, value, variable }) => `${what} ${value}${variable ? ` from ${variable}` : ""}`,
  );
  expect({ facts: inWords, address: told?.address, caFile: told?.caFile }).toEqual({
    address: undefined,
    caFile: undefined,
    ...right,
  });
});
