import { expect, it } from "vitest";
import { aws, plugin } from "../src/index.ts";

const ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:";

it.each([
  [`${ARN}prod/db`, "eu-west-1"],
  [`${ARN}prod/db-AbCdEf`, "eu-west-1"],
  ["arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:db", "cn-north-1"],
  ["arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:rds!cluster-1", "us-gov-west-1"],
])("an ARN names its region and account: %s", (arn, region) => {
  const where = { region, account: "111122223333" };
  expect(plugin.parseIdentifier?.(arn)).toEqual({ locator: { path: arn, query: {} }, where });
});

it.each([
  "prod/db",
  ARN,
  `${ARN}has space`,
  `${ARN}${"a".repeat(520)}`,
  "arn:aws:secretsmanager:eu-west-1:1111:secret:db",
  "arn:aws:ssm:eu-west-1:111122223333:parameter/db",
  "arn:aws:secretsmanager:eu-west-1.example.com:111122223333:secret:db",
  ` ${ARN}db`,
])("what cannot be one is not taken for one: %s", (text) => {
  expect(plugin.parseIdentifier?.(text)).toBeUndefined();
});

it("declares every variable that decides who asks, whom, and through what", () => {
  expect(aws().envVariables).toEqual([
    "AWS_*",
    "HOME",
    "USERPROFILE",
    "PATH",
    ...["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"],
    ...["NODE_EXTRA_CA_CERTS", "NODE_USE_SYSTEM_CA"],
  ]);
});
