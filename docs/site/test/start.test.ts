import { startAws, startAzure, startOnePassword } from "@vaultlink/stand-ins";
import { expect, it, onTestFinished } from "vitest";
import { linesOf, openShell, runProgram, type Variables } from "./kit/run.ts";
import type { Substitutions } from "./kit/copy.ts";
import { ADDRESS, lendVault } from "./kit/vault.ts";

interface Start {
  readonly env: Variables;
  readonly script: Substitutions;
  readonly program: Substitutions;
}

/** How each vault of the pages is had on this machine. */
const STARTS: Readonly<Record<string, () => Promise<Start>>> = {
  hashicorp: async () => {
    const { vault, env } = await lendVault();
    return { env, script: { [ADDRESS]: vault.url }, program: { [ADDRESS]: vault.url } };
  },
  aws: async () => {
    const aws = await startAws();
    onTestFinished(() => aws.stop());
    return { env: aws.env, script: {}, program: {} };
  },
  azure: async () => {
    const azure = await startAzure();
    onTestFinished(() => azure.stop());
    const program = { 'vault: "my-vault"': `vaultUrl: "${azure.url}"` };
    return { env: azure.env, script: { "--vault my-vault": `--vault-url ${azure.url}` }, program };
  },
  "1password": async () => {
    const onePassword = await startOnePassword();
    onTestFinished(() => onePassword.stop());
    return { env: onePassword.env, script: {}, program: {} };
  },
};

/** Written out, so that a search for an example finds its test. */
const SCRIPTS = ["start/hashicorp.sh", "start/aws.sh", "start/azure.sh", "start/1password.sh"];
const PROGRAMS = ["start/hashicorp.ts", "start/aws.ts", "start/azure.ts", "start/1password.ts"];

/** The vault of an example, which has its name. */
function begin(file: string): Promise<Start> {
  const start = STARTS[file.replaceAll(/^start\/|\.\w+$/g, "")];
  if (start === undefined) throw new Error(`There is no vault for ${file}.`);
  return start();
}

it.each(SCRIPTS)("%s connects, links, gives a value and runs a command with it", async (file) => {
  const { env, script } = await begin(file);
  const shell = await openShell(env, script);
  await shell.save("start/app.js");
  const lines = linesOf(await shell.run(file));
  expect(lines.slice(-2)).toEqual([
    "app",
    expect.stringMatching(/^signing in as \S+ with a password of [1-9]\d* characters$/),
  ]);
});

it("start/masked.sh shows no password, and the steps before name the value that is too short for that", async () => {
  const { vault, env } = await lendVault();
  const shell = await openShell(env, { [ADDRESS]: vault.url });
  await shell.save("start/app.js");
  const { stderr } = await shell.run("start/hashicorp.sh");
  expect(stderr).toContain("Shorter than 4 bytes, so not masked in what the command prints: DB_USER.");
  expect(linesOf(await shell.run("start/masked.sh"))).toEqual(["[secret]"]);
});

it.each(PROGRAMS)("%s prints whom it signs in as, and no password", async (file) => {
  const { env, program } = await begin(file);
  const lines = linesOf(await runProgram(file, env, program));
  expect(lines).toEqual(["signing in as app with [secret]"]);
});

it("start/vaultlink.json is what the commands of the first page leave behind", async () => {
  const { vault, env } = await lendVault();
  const shell = await openShell(env, { [ADDRESS]: vault.url });
  await shell.run("start/hashicorp.sh");
  const shown = (await import("../examples/start/vaultlink.json")) as { default: unknown };
  const { $schema: _, ...left } = JSON.parse((await shell.read("vaultlink.json")) ?? "") as Record<string, unknown>;
  expect(left).toEqual(shown.default);
});
