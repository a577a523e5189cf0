import type { Context } from "@vaultlink/core/provider";
import { createVault } from "@vaultlink/core";
import { CANARY } from "@vaultlink/stand-ins";
import { typing } from "@vaultlink/test-support";
import { expect, it } from "vitest";
import { type AuthOptions, hashicorp } from "../src/index.ts";
import { useHome } from "./home.ts";
import { pick } from "./stand-in-subject.ts";
import { context, refused, useVault } from "./support.ts";

/* A new sign-in that was asked for: whoever waits is asked, whatever may be found. */

const server = useVault();
const home = useHome();
const WRONG = `${CANARY}wrong`;
const tokenOf = (name: string): string => pick(server.vault.credentials, name).token;

async function opened(env: Context["env"], lent: Partial<Context>, auth: AuthOptions = {}): Promise<string> {
  const provider = hashicorp({ address: server.vault.url, auth });
  const session = await provider.open(context({ HOME: home.path, ...env }, lent));
  await session.close?.();
  return session.identity ?? "";
}

it.each(["VAULT_TOKEN", "~/.vault-token", "auth.tokenFile"])("asks although %s holds a token", async (where) => {
  const file = where === "VAULT_TOKEN" ? undefined : await home.keep(".vault-token", tokenOf("app"));
  const env = where === "VAULT_TOKEN" ? { VAULT_TOKEN: tokenOf("app") } : {};
  const auth = where === "auth.tokenFile" && file !== undefined ? { tokenFile: file } : {};
  const found = await opened(env, {}, auth);
  const prompter = typing(tokenOf("audit"));
  expect(await opened(env, { prompter }, auth)).toBe(found);
  expect(prompter.asked).toEqual([]);
  expect(await opened(env, { prompter, reauthenticate: true }, auth)).not.toBe(found);
  expect(prompter.asked).toEqual([`Token for ${server.vault.url} (hidden)`]);
  // Nobody is there to be asked.
  expect(await opened(env, { reauthenticate: true }, auth)).toBe(found);
  await home.keep(".vault-token", "");
});

it("asks once, and takes what is found where nothing is typed", async () => {
  const env = { VAULT_TOKEN: tokenOf("app") };
  const prompter = typing("", tokenOf("audit"));
  expect(await opened(env, { prompter, reauthenticate: true })).toBe(await opened(env, {}));
  const nothing = typing("", tokenOf("audit"));
  const provider = hashicorp({ address: server.vault.url, auth: { tokenFile: await home.keep("none", "\n") } });
  await refused(provider.open(context({}, { prompter: nothing, reauthenticate: true })), "unauthenticated");
  expect([prompter.asked.length, nothing.asked.length]).toEqual([1, 1]);
});

it("keeps to what is configured", async () => {
  const prompter = typing(tokenOf("audit"));
  await opened({}, { prompter, reauthenticate: true }, { token: tokenOf("app") });
  expect(prompter.asked).toEqual([]);
});

it.each(["userpass", "ldap"] as const)("asks for the user and the password of %s again", async (method) => {
  const password = pick(server.vault.credentials, "app")[method]?.password ?? "";
  const env = { VAULT_USERNAME: "nobody", VAULT_PASSWORD: WRONG };
  await expect(opened(env, {}, { method })).rejects.toMatchObject({ code: "unauthenticated" });
  const prompter = typing("app", password);
  await opened(env, { prompter, reauthenticate: true }, { method });
  expect(prompter.asked).toEqual([`User name for ${server.vault.url}`, `Password for ${server.vault.url} (hidden)`]);
});

it("asks for the secret id of an AppRole again", async () => {
  const { roleId, secretId } = pick(server.vault.credentials, "app").approle;
  const prompter = typing(secretId);
  const auth = { method: "approle", roleId } as const;
  await opened({ VAULT_SECRET_ID: WRONG }, { prompter, reauthenticate: true }, auth);
  expect(prompter.asked).toEqual([`Secret id for ${server.vault.url} (hidden)`]);
});

it("helps where the token that was found is refused", async () => {
  const connections = { hcv: hashicorp({ address: server.vault.url }) };
  await using vault = createVault({ connections, env: { VAULT_TOKEN: WRONG } });
  const read = async (): Promise<string> => (await vault.get("hcv://secret/app/db#password")).reveal();
  await expect(read()).rejects.toMatchObject({ code: "unauthenticated" });
  await vault.reauthenticate("hcv", { prompter: typing(tokenOf("app")) });
  expect(await read()).toBe(`${CANARY}db-password-2`);
});
