import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openWorld } from "../../../test/context.ts";
import { importFile } from "./import.ts";

const CONNECTIONS = {
  hcv: { provider: "hashicorp", address: "https://vault.example:8200" },
  team: { provider: "hashicorp", address: "https://vault.example:8200", namespace: "team" },
  west: { provider: "aws", region: "us-west-2", auth: { profile: "prod" } },
  south: { provider: "aws", region: "ap-southeast-2", role: { arn: "arn:aws:iam::111122223333:role/reader" } },
  az: { provider: "azure", vaultUrl: "https://app.vault.azure.net", vaults: ["gov.vault.usgovcloudapi.net"] },
  op: { provider: "1password" },
};

/** What becomes of a value in a dotenv file: the reference that is linked, or why there is none. */
async function imported(value: string): Promise<unknown> {
  const context = await openWorld();
  await writeFile(context.userFile, JSON.stringify({ version: 1, connections: CONNECTIONS }));
  await writeFile(context.projectFile, JSON.stringify({ version: 1 }));
  await writeFile(join(context.cwd, ".env"), `NAME='${value}'\n`);
  const { json } = await importFile(context, ".env", { yes: true });
  const { links = {} } = JSON.parse(await readFile(context.projectFile, "utf8")) as {
    readonly links?: Readonly<Record<string, string>>;
  };
  const [left] = json["left"] as readonly { readonly why: string }[];
  return links["NAME"] ?? left?.why;
}

it.each([
  ["ref+vault://kv/foo?namespace=team#/bar", "team://kv/foo#bar"],
  [
    "ref+vault://kv/foo?address=https://vault.example:8200/&namespace=team&version=3#/bar",
    "team://kv/foo?version=3#bar",
  ],
  ["ref+openbao://kv/foo?namespace=team&decode=raw#/bar", "team://kv/foo#bar"],
  ["secretref+vault://kv/a%20b?namespace=team#/bar+", "team://kv/a b#bar"],
  ["ref+awssecrets://myteam/mydoc?region=us-west-2#/foo/bar", "west://myteam/mydoc#/foo/bar"],
  ["ref+awssecrets://myteam/mykey?profile=prod&version_stage=AWSPREVIOUS", "west://myteam/mykey?stage=AWSPREVIOUS"],
  [
    "ref+awssecrets://k?role_arn=arn:aws:iam::111122223333:role/reader&version_id=0123456789abcdef0123456789abcdef",
    "south://k?version=0123456789abcdef0123456789abcdef",
  ],
  [
    "ref+awssecrets://arn:aws:secretsmanager:ap-southeast-2:111122223333:secret:/myteam/mydoc/?region=ap-southeast-2#/secret/key",
    "south://arn:aws:secretsmanager:ap-southeast-2:111122223333:secret:/myteam/mydoc#/secret/key",
  ],
  ["ref+azurekeyvault://app/secret-a", "az://app/secret-a"],
  [
    "ref+azurekeyvault://app/secret-a/ba4f196b15f644cd9e949896a21bab0d",
    "az://app/secret-a?version=ba4f196b15f644cd9e949896a21bab0d",
  ],
  ["ref+azurekeyvault://gov.vault.usgovcloudapi.net/secret-b", "az://gov.vault.usgovcloudapi.net/secret-b"],
  ["ref+op://Shop/Payments/login/key", "op://Shop/Payments/login/key"],
  ["ref+onepasswordconnect://Shop/Payments#/key", "op://Shop/Payments/key"],
  ["ref+onepasswordconnect://Shop/Payments#/login.key", "op://Shop/Payments/login/key"],
])("import takes %s for %s", async (value, reference) => {
  expect(await imported(value)).toBe(reference);
});

it.each([
  ["ref+vault://kv/foo#/bar", "several connections are of the provider hashicorp"],
  ["ref+vault://kv/foo?namespace=other#/bar", "no connection of the provider hashicorp has its namespace"],
  [
    "ref+vault://kv/foo?namespace=team&role_id=r#/bar",
    "it says how to sign in (role_id), which a connection does here",
  ],
  ["ref+vault://kv/foo?namespace=team&decode=base64#/bar", "it has its value decoded (decode), which is not done here"],
  ["ref+vault://127.0.0.1:8200/kv/foo?namespace=team#/bar", "its path is none that vals documents"],
  ["ref+awssecrets://k?region=eu-west-1&profile=prod", "no connection of the provider aws has its region and profile"],
  ["ref+awssecrets://k?profile=prod&mode=single", "it has a qualifier that is not documented"],
  ["ref+azurekeyvault://other/secret-a", "no connection of the provider azure has its key vault"],
  ["ref+azurekeyvault://app", "its path is none that vals documents"],
  ["ref+op://", "its path is none that vals documents"],
  ["ref+onepasswordconnect://Shop/Payments", "its path is none that vals documents"],
  ["ref+awsssm://foo/bar", "its value is a reference to something that is no vault here"],
  ["postgres://app:ref+op://Shop/db/password+@host/db", "it has a reference of vals within other text"],
])("import leaves %s, and says why", async (value, why) => {
  expect(await imported(value)).toBe(why);
});
