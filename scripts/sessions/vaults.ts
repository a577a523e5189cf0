import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startAws, startAzure, startOnePassword, startVault, VAULT_SEED, type VaultSeed } from "@vaultlink/stand-ins";
import { type Recorded, Session } from "./session.ts";

/** A vault whose session is recorded: from an empty home to a command that runs with its secret. */
export interface RecordedVault {
  /** The name of its page. */
  readonly file: string;
  readonly title: string;
  /** What the person knows. */
  readonly knows: string;
  readonly record: () => Promise<Recorded>;
}

const NOT_SHOWN = "(typed, not shown)";

/** What stands in for a step of the picker: a folder, a secret or a field, under its question. */
type Steps = readonly (readonly [question: string, label: string])[];

/** From an empty home to the list of commands, and then to `connect`. */
async function begin(session: Session, vault: string): Promise<void> {
  await session.command("vaultlink --help");
  await session.command("vaultlink connect");
  await session.choose("Which kind of vault?", vault);
}

/** A name for a secret that is picked, and a command that has it in its environment; it says how long it is. */
async function linkAndRun(session: Session, connection: string, steps: Steps): Promise<void> {
  await session.shows(`Connected ${connection}:`);
  await session.command("vaultlink link API_KEY");
  await session.choose("API_KEY: Which connection?", connection);
  for (const [question, label] of steps) await session.choose(question, label);
  await session.shows("API_KEY stands for");
  await session.command(`vaultlink run -- sh -c 'echo "It has \${#API_KEY} characters."'`);
  await session.shows(/^It has \d+ characters\.$/m);
  await session.prompts();
}

/** The stand-in's user, who may list as well. */
function listing(seed: VaultSeed): VaultSeed {
  return { ...seed, policies: { ...seed.policies, app: { ...seed.policies["app"], "secret/metadata/*": ["list"] } } };
}

async function hashicorp(): Promise<Recorded> {
  const vault = await startVault({ seed: listing(VAULT_SEED) });
  const session = await Session.open({});
  const address = "https://vault.example.com";
  try {
    await begin(session, "HashiCorp Vault");
    await session.answer("Address of the vault", vault.url, address);
    await session.choose("How do you sign in?", "User name and password");
    await session.answer("User name for", "app");
    await session.answer("Password for", vault.credentials["app"]?.userpass?.password ?? "", NOT_SHOWN);
    await linkAndRun(session, "hcv", [
      ["Which secret? hcv://", "secret/"],
      ["Which secret? hcv://secret/", "app/"],
      ["Which secret? hcv://secret/app/", "api"],
      ["Which field of hcv://secret/app/api?", "key"],
    ]);
    return session.recorded([
      [vault.url, address],
      [new URL(vault.url).host, "vault.example.com"],
    ]);
  } finally {
    await session.close();
    await vault.stop();
  }
}

async function aws(): Promise<Recorded> {
  const vault = await startAws();
  const session = await Session.open({ AWS_ENDPOINT_URL: vault.url });
  try {
    await begin(session, "AWS Secrets Manager");
    await session.choose("How do you sign in?", "Access keys");
    await session.answer("Region", vault.seed.region);
    await session.answer("Access key id", vault.env["AWS_ACCESS_KEY_ID"] ?? "", "AKIAEXAMPLE");
    await session.answer("Secret access key", vault.env["AWS_SECRET_ACCESS_KEY"] ?? "", NOT_SHOWN);
    await linkAndRun(session, "aws", [["Which secret? aws://", "app/api-key"]]);
    return session.recorded([[vault.env["AWS_ACCESS_KEY_ID"] ?? "", "AKIAEXAMPLE"]]);
  } finally {
    await session.close();
    await vault.stop();
  }
}

/** What a browser does with the page of the stand-in of Entra: it posts what the page gives it to where the page sends it. */
const BROWSER = `#!/usr/bin/env node
const { redirect, form } = await (await fetch(process.argv[2])).json();
await fetch(redirect, { method: "POST", body: form, headers: { "content-type": "application/x-www-form-urlencoded" } });
`;

async function azure(): Promise<Recorded> {
  const vault = await startAzure();
  const { AZURE_AUTHORITY_HOST = "", NODE_EXTRA_CA_CERTS = "" } = vault.env;
  const session = await Session.open({ AZURE_AUTHORITY_HOST, NODE_EXTRA_CA_CERTS });
  const bin = join(session.folder, "bin");
  await mkdir(bin);
  await writeFile(join(bin, "package.json"), '{ "type": "module" }');
  await writeFile(join(bin, "xdg-open"), BROWSER);
  await chmod(join(bin, "xdg-open"), 0o700);
  const address = "https://app.vault.azure.net";
  try {
    await begin(session, "Azure Key Vault");
    await session.answer("Key vault, by name or address", vault.url, address);
    await session.choose("How do you sign in?", "Browser");
    await linkAndRun(session, "az", [["Which secret? az://", "api-key"]]);
    return session.recorded([
      [vault.url, address],
      [/To sign in, open https:[^]*?\n(?=Connected)/, "To sign in, open https://login.microsoftonline.com/…\n"],
    ]);
  } finally {
    await session.close();
    await vault.stop();
  }
}

async function onePassword(): Promise<Recorded> {
  const vault = await startOnePassword();
  const session = await Session.open({});
  try {
    await begin(session, "1Password");
    await session.choose("How do you sign in?", "Service account");
    await session.answer("Token of a 1Password service account", vault.tokenOf("app"), NOT_SHOWN);
    await linkAndRun(session, "op", [
      ["Which secret? op://", "App/"],
      ["Which secret? op://App/", "API Key/"],
      ["Which secret? op://App/API Key/", "Access Token"],
    ]);
    return session.recorded([[new URL(vault.url).host, "my.1password.com"]]);
  } finally {
    await session.close();
    await vault.stop();
  }
}

export const VAULTS: readonly RecordedVault[] = [
  {
    file: "hashicorp",
    title: "HashiCorp Vault, OpenBao",
    knows: "the address of the vault, a user name and a password",
    record: hashicorp,
  },
  { file: "aws", title: "AWS Secrets Manager", knows: "the region and a pair of access keys", record: aws },
  {
    file: "azure",
    title: "Azure Key Vault",
    knows: "the address of the key vault, and how to sign in on its page",
    record: azure,
  },
  { file: "1password", title: "1Password", knows: "the token of a service account", record: onePassword },
];
