import { createVault, type Vault } from "@vaultlink/core";
import { describe, expect, it } from "vitest";
import { hashicorp } from "../src/index.ts";
import { NO_OPENBAO, useOpenBao, WHY } from "./openbao.ts";
import { pick } from "./stand-in-subject.ts";
import { useVault } from "./support.ts";

const DB = "hcv://secret/app/db#password";
const denied = { code: "denied" };

interface Tokens {
  readonly app: string;
  readonly audit: string;
}

/** One address, one connection, two environments: what one may read the other never gets. */
async function expectApart(address: string, { app, audit }: Tokens): Promise<void> {
  await using vault = createVault({ connections: { hcv: hashicorp({ address }) }, env: {} });
  const as = (token: string): ReturnType<Vault["get"]> => vault.get(DB, { env: { VAULT_TOKEN: token } });
  await expect(as(audit)).rejects.toMatchObject(denied);
  expect((await as(app)).reveal()).toBe("vlcanary-db-password-2");
  await expect(as(audit)).rejects.toMatchObject(denied);
  const both = await Promise.allSettled([as(app), as(audit), as(app), as(audit)]);
  expect(both.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "rejected"]);
}

/** One connection whose person is another one after signing in again: the values of the first are gone. */
async function expectReplaced(address: string, { app, audit }: Tokens): Promise<void> {
  let typed = app;
  const prompter = { ask: async () => typed, open: async () => {}, show: () => {} };
  await using vault = createVault({ connections: { hcv: hashicorp({ address }) }, env: {} });
  await vault.reauthenticate("hcv", { prompter });
  expect((await vault.get(DB)).reveal()).toBe("vlcanary-db-password-2");
  typed = audit;
  await vault.reauthenticate("hcv", { prompter });
  await expect(vault.get(DB)).rejects.toMatchObject(denied);
  typed = app;
  await vault.reauthenticate("hcv", { prompter });
  expect((await vault.get(DB)).reveal()).toBe("vlcanary-db-password-2");
  typed = audit;
  await vault.reauthenticate("hcv", { prompter });
  await expect(vault.get(DB)).rejects.toMatchObject(denied);
}

describe("on the stand-in", () => {
  const server = useVault();
  const tokens = (): Tokens => ({
    app: pick(server.vault.credentials, "app").token,
    audit: pick(server.vault.credentials, "audit").token,
  });

  it("keeps two environments apart", () => expectApart(server.vault.url, tokens()));

  it("keeps two people at one connection apart", () => expectReplaced(server.vault.url, tokens()));
});

describe.skipIf(NO_OPENBAO)(`on OpenBao${WHY}`, () => {
  const bao = useOpenBao();
  const tokens = (): Tokens => ({
    app: pick(bao().credentials, "app").token,
    audit: pick(bao().credentials, "audit").token,
  });

  it("keeps two environments apart", () => expectApart(bao().url, tokens()));

  it("keeps two people at one connection apart", () => expectReplaced(bao().url, tokens()));

  it("keeps two tokens of one entity apart, of which one may do less", async () => {
    const password = "vlcanary-of-anna";
    await bao().admin("PUT", "sys/policies/acl/maker", {
      policy: 'path "auth/token/create" { capabilities = ["update"] }',
    });
    await bao().admin("POST", "auth/userpass/users/anna", { password, token_policies: ["app", "maker"] });
    const login = await bao().call("POST", "auth/userpass/login/anna", { password });
    const { auth } = login.body as { auth: { client_token: string } };
    const less = await bao().call("POST", "auth/token/create", { policies: ["default"] }, auth.client_token);
    const { auth: child } = less.body as { auth: { client_token: string; entity_id: string } };
    expect(child.entity_id).not.toBe("");
    await expectApart(bao().url, { app: auth.client_token, audit: child.client_token });
  });
});
