import { createVault } from "@vaultlink/core";
import {
  CANARY,
  type OnePasswordConnectStandIn,
  type OnePasswordStandIn,
  startOnePassword,
  startOnePasswordConnect,
} from "@vaultlink/stand-ins";
import { context, refused, typing } from "@vaultlink/test-support";
import { afterAll, beforeAll, expect, it } from "vitest";
import { onePassword } from "../src/index.ts";

/* A new sign-in that was asked for: whoever waits is asked, whatever the environment holds. */

let account: OnePasswordStandIn;
let server: OnePasswordConnectStandIn;
beforeAll(async () => {
  account = await startOnePassword();
  server = await startOnePasswordConnect();
});
afterAll(async () => {
  await account.stop();
  await server.stop();
});

it("asks for a service account's token although the environment holds one", async () => {
  const env = { OP_SERVICE_ACCOUNT_TOKEN: `${CANARY}no-token` };
  const prompter = typing(account.tokenOf("app"));
  expect((await refused(onePassword().open(context({ env, prompter })))).code).toBe("unauthenticated");
  expect(prompter.asked).toEqual([]);
  const session = await onePassword().open(context({ env, prompter, reauthenticate: true }));
  await session.close?.();
  expect(prompter.asked).toEqual(["Token of a 1Password service account (hidden)"]);
  expect((await refused(onePassword().open(context({ env, reauthenticate: true })))).code).toBe("unauthenticated");
});

it("asks for a Connect server's token although the environment holds one", async () => {
  const env = { ...server.env, OP_CONNECT_TOKEN: `${CANARY}wrong` };
  const provider = onePassword({ auth: { method: "connect" } });
  const prompter = typing(server.env["OP_CONNECT_TOKEN"] ?? "");
  expect((await refused(provider.open(context({ env, prompter })))).code).toBe("unauthenticated");
  const session = await provider.open(context({ env, prompter, reauthenticate: true }));
  await session.close?.();
  expect(prompter.asked).toEqual(["Token of the 1Password Connect server (hidden)"]);
});

it("asks once, takes what is found where nothing is typed, and keeps to what is configured", async () => {
  const provider = onePassword({ auth: { method: "connect" } });
  const prompter = typing("", "");
  const session = await provider.open(context({ env: server.env, prompter, reauthenticate: true }));
  await session.close?.();
  const { OP_CONNECT_TOKEN: token = "", ...host } = server.env;
  await refused(provider.open(context({ env: host, prompter, reauthenticate: true })));
  expect(prompter.asked).toHaveLength(2);
  const configured = onePassword({ auth: { method: "connect", token } });
  await (await configured.open(context({ env: host, prompter, reauthenticate: true }))).close?.();
  expect(prompter.asked).toHaveLength(2);
});

it("helps where the token that was found is refused", async () => {
  const connections = { op: onePassword({ auth: { method: "connect" } }) };
  const env = { ...server.env, OP_CONNECT_TOKEN: `${CANARY}wrong` };
  await using vault = createVault({ connections, env });
  await expect(vault.get("op://App/db/username")).rejects.toMatchObject({ code: "unauthenticated" });
  await vault.reauthenticate("op", { prompter: typing(server.env["OP_CONNECT_TOKEN"] ?? "") });
  expect((await vault.get("op://App/db/username")).reveal()).toBe("app");
});
