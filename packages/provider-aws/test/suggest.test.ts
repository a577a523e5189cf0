import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Suggestions } from "@vaultlink/core/provider";
import { plugin } from "../src/plugin.ts";

const CONFIG = `[default]
region = us-east-1
[profile prod]
sso_session = corp
sso_account_id = 111122223333
region = eu-west-1
[profile admin]
role_arn = arn:aws:iam::111122223333:role/Admin
source_profile = default
[sso-session corp]
sso_start_url = https://corp.example
`;
const CREDENTIALS = "[default]\naws_access_key_id = AKIAVLCANARY\naws_secret_access_key = vlcanary-secret\n";

async function suggested(env: Record<string, string>, files = true): Promise<Suggestions> {
  const home = await mkdtemp(join(tmpdir(), "vl-aws-"));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  await mkdir(join(home, ".aws"));
  if (files) await writeFile(join(home, ".aws", "config"), CONFIG);
  if (files) await writeFile(join(home, ".aws", "credentials"), CREDENTIALS);
  return (
    (await plugin.suggest?.({ env: { HOME: home, ...env }, options: {}, signal: AbortSignal.timeout(5000) })) ?? {}
  );
}

const labels = ({ methods = [] }: Suggestions): readonly string[] => methods.map(({ label }) => label);

describe("what is offered to whoever connects", () => {
  it("are the profiles, the usual one first, with what they are and their region", async () => {
    const found = await suggested({ AWS_PROFILE: "prod" });
    expect(labels(found)).toEqual(["Profile prod", "Profile default", "Profile admin", "Access keys"]);
    expect(found.methods?.slice(0, 3)).toMatchObject([
      {
        found: "profile prod in ~/.aws/config, single sign-on",
        options: { "auth.method": "profile", "auth.profile": "prod" },
        settings: [{ option: "region", value: "eu-west-1", source: "profile prod" }],
      },
      { found: "profile default in ~/.aws/credentials, access keys" },
      { found: "profile admin in ~/.aws/config, role Admin", settings: [{ option: "region" }] },
    ]);
    expect(JSON.stringify(found)).not.toMatch(/vlcanary/i);
  });

  it("are the keys and the region of the environment; then no region is asked for", async () => {
    const env = { AWS_ACCESS_KEY_ID: "AKIAVLCANARY", AWS_SECRET_ACCESS_KEY: "vlcanary-x", AWS_REGION: "eu-north-1" };
    const found = await suggested(env, false);
    expect(found.settings).toMatchObject([{ option: "region", value: "eu-north-1", source: "AWS_REGION" }]);
    expect(found.methods?.[0]).toEqual({
      label: "Keys in the environment",
      found: "AWS_ACCESS_KEY_ID is set",
      options: { "auth.method": "environment" },
      settings: [],
    });
    expect(JSON.stringify(found)).not.toMatch(/vlcanary/i);
  });

  it("on a bare laptop are keys and a profile to be named, with the region asked for, and no machine's role", async () => {
    const found = await suggested({}, false);
    expect(labels(found)).toEqual(["Access keys", "Profile or single sign-on, after: aws configure sso"]);
    expect(found.methods?.[0]?.settings).toMatchObject([{ option: "region" }]);
  });
});

describe("a person's name for an identity", () => {
  it.each([
    [
      "arn:aws:sts::111122223333:assumed-role/Admin/ada@example.com in eu-west-1",
      "ada@example.com as Admin in eu-west-1, account 111122223333",
    ],
    ["arn:aws:iam::111122223333:user/team/ada in eu-west-1", "user ada in eu-west-1, account 111122223333"],
    ["arn:aws:iam::111122223333:root in eu-west-1", "the account's root user in eu-west-1, account 111122223333"],
    ["unproven:0123 in eu-west-1", "access keys AWS tells nothing about, in eu-west-1"],
    ["something else", "something else"],
  ])("%s", (identity, name) => expect(plugin.displayName?.(identity)).toBe(name));
});
