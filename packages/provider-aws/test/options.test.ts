import { describe, expect, it } from "vitest";
import { aws, type AwsOptions, plugin } from "../src/index.ts";
import { refused } from "./support.ts";

const ROLE = "arn:aws:iam::111122223333:role/reader";
const SECRET = "vlcanary-option";

/** Creating it with these must be refused, as configuration. */
const refusal = (options: AwsOptions) => refused(new Promise((resolve) => resolve(aws(options))));

describe("options that cannot be meant are refused when the provider is created, by name and never by value", () => {
  it.each<[string, AwsOptions]>([
    ["account", { account: "1234" }],
    ["endpoint", { endpoint: "http://example.com" }],
    ["endpoint", { endpoint: `https://user:${SECRET}@example.com` }],
    ["endpoint", { endpoint: `https://example.com/?token=${SECRET}` }],
    ["stsEndpoint", { stsEndpoint: "ftp://127.0.0.1" }],
    ["stsEndpoint", { stsEndpoint: "http://127.0.0.1.example.com" }],
    ["ca", { ca: SECRET, caFile: "/ca.pem" }],
    ["filters", { filters: ["team"] }],
    ["filters", { filters: ["colour=blue"] }],
    ["auth.secretAccessKey", { auth: { method: "profile", secretAccessKey: SECRET } }],
    ["auth.accessKeyId", { auth: { method: "environment", accessKeyId: "AKIA" } }],
    ["auth.sessionToken", { auth: { sessionToken: SECRET } }],
    ["auth.sessionToken", { auth: { accessKeyId: "AKIA", sessionToken: SECRET, mfaSerial: "device" } }],
    ["auth.profile", { auth: { method: "instance", profile: "dev" } }],
    ["auth.mfaSerial", { auth: { method: "container", mfaSerial: "device" } }],
    ["auth.tokenFile", { auth: { tokenFile: "relative/token" } }],
    ["auth.tokenRole", { auth: { tokenFile: "/token", tokenRole: "reader" } }],
    ["auth.tokenRole", { auth: { method: "keys", tokenRole: ROLE } }],
    ["role.arn", { role: { externalId: "partner" } }],
    ["role.arn", { role: { arn: "reader" } }],
    ["role.via", { role: { arn: ROLE, via: ["reader"] } }],
    ["role.sessionName", { role: { arn: ROLE, sessionName: "has space" } }],
    ["role.tags", { role: { arn: ROLE, tags: ["team"] } }],
    ["role.duration", { role: { arn: ROLE, duration: 5 } }],
  ])("%s", async (name, options) => {
    const error = await refusal(options);
    expect(error.code).toBe("invalid_config");
    expect(error.message).toContain(`"${name}"`);
    expect(error.message).not.toContain(SECRET);
  });

  it.each(["EU-WEST-1", "eu-west-1.example.com/", "-eu-west-1", "eu-west-1-", "eu west"])(
    "region %j",
    async (region) => {
      expect((await refusal({ region })).message).toBe("A region looks like eu-west-1.");
    },
  );
});

it.each<[string, AwsOptions]>([
  ["none", {}],
  ["an emulator", { endpoint: "http://localhost:4566", stsEndpoint: "http://[::1]:4566" }],
  ["a VPC endpoint with a path", { endpoint: "https://vpce-1.secretsmanager.eu-west-1.vpce.amazonaws.com/path" }],
  ["a token of Windows", { auth: { tokenFile: "C:\\token", tokenRole: ROLE } }],
  ["keys that need a code", { auth: { accessKeyId: "AKIA", secretAccessKey: SECRET, mfaSerial: "device" } }],
  ["keys of the environment that need a code", { auth: { method: "environment", mfaSerial: "device" } }],
  ["roles of other partitions", { role: { arn: "arn:aws-us-gov:iam::111122223333:role/a/path/reader", via: [ROLE] } }],
  ["every filter", { filters: ["tag-key=team", "name=!tmp/", "all=x y", "tag-value=a:b@c"] }],
])("takes %s", (_, options) => {
  expect(aws(options).specVersion).toBe(1);
});

it("gives a plugin what it gives a program", () => {
  expect(plugin.create({ region: "eu-west-1" }).name).toBe("aws");
  expect(() => plugin.create({ account: "x" })).toThrow('Option "account" must be twelve digits.');
});
