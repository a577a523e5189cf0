import { type OnePasswordStandIn, startOnePassword, startOnePasswordConnect } from "@vaultlink/stand-ins";
import { expect, it, onTestFinished } from "vitest";
import { openShell, type Shell } from "./shell.ts";

/** A shell whose project has a reference as 1Password's apps copy it. */
async function withOnePassword(): Promise<{ readonly shell: Shell; readonly vault: OnePasswordStandIn }> {
  const vault = await startOnePassword();
  onTestFinished(() => vault.stop());
  const shell = await openShell();
  await shell.writeProject({ version: 1, links: { DB_USER: "op://App/db/username" } });
  return { shell, vault };
}

it("connects with a token of the environment, and reads 1Password's own references", async () => {
  const { shell, vault } = await withOnePassword();
  const env = vault.env;
  expect((await shell.call(["connect", "1password"], { env })).code).toBe(0);
  expect(JSON.parse((await shell.read(shell.userFile)) ?? "")).toMatchObject({
    connections: { op: { provider: "1password" } },
  });
  const { code, stdout } = await shell.call(["get", "DB_USER"], { env });
  expect([code, stdout.trim()]).toEqual([0, "app"]);
});

it("keeps the token out of every file, and says what mends a revoked one", async () => {
  const { shell, vault } = await withOnePassword();
  await shell.writeUser({ version: 1, connections: { op: { provider: "1password" } } });
  vault.revoke("app");
  const { code, lines } = await shell.call(["get", "DB_USER"], { env: vault.env });
  expect([code, lines]).toEqual([
    76,
    [
      "vaultlink: DB_USER: 1Password refuses the service account token: it is wrong, revoked or expired.",
      "  try: export OP_SERVICE_ACCOUNT_TOKEN=…",
    ],
  ]);
  expect(((await shell.read(shell.userFile)) ?? "").includes(vault.tokenOf("app"))).toBe(false);
});

it("tells how many requests it made of the account's quota", async () => {
  const { shell, vault } = await withOnePassword();
  await shell.writeUser({ version: 1, connections: { op: { provider: "1password" } } });
  const { stdout } = await shell.call(["status", "--check", "--json"], { env: vault.env });
  const requests = { total: 4, lastHour: 4, lastDay: 4 };
  expect(JSON.parse(stdout)).toMatchObject({ connections: [{ name: "op", state: "ready", requests }] });
  expect(vault.log.count()).toBe(4);
  const [heads, row] = (await shell.call(["status", "--check"], { env: vault.env })).stdout.split("\n");
  expect(heads).toMatch(/^CONNECTION +PROVIDER +WHERE +STATE +REQUESTS HOUR \/ DAY +IDENTITY/);
  expect(row).toContain("4 / 4");
});

it("tells them also where signing in failed", async () => {
  const { shell, vault } = await withOnePassword();
  await shell.writeUser({ version: 1, connections: { op: { provider: "1password" } } });
  vault.revoke("app");
  const { stdout } = await shell.call(["status", "--check", "--json"], { env: vault.env });
  expect(vault.log.count()).toBeGreaterThan(0);
  expect(JSON.parse(stdout)).toMatchObject({
    connections: [{ state: "not signed in", requests: { total: vault.log.count() } }],
  });
});

it("takes no token from the command line", async () => {
  const { shell, vault } = await withOnePassword();
  expect((await shell("connect", "1password", "op", "--token", vault.tokenOf("app"))).code).toBe(64);
});

it("F7: connects to a Connect server where only its variables are there, and nobody to be asked", async () => {
  const vault = await startOnePasswordConnect();
  onTestFinished(() => vault.stop());
  const shell = await openShell(vault.env);
  expect(await shell("connect", "1password")).toMatchObject({ code: 0, stderr: "" });
  const host = vault.env["OP_CONNECT_HOST"];
  expect(JSON.parse((await shell.read(shell.userFile)) ?? "")).toMatchObject({
    connections: { op: { auth: { method: "connect", host } } },
  });
});

it("connects to a Connect server, with a token from standard input that no file keeps", async () => {
  const vault = await startOnePasswordConnect();
  onTestFinished(() => vault.stop());
  const { OP_CONNECT_HOST: host = "", OP_CONNECT_TOKEN: token = "" } = vault.env;
  const shell = await openShell();
  await shell.writeProject({ version: 1, links: { DB_USER: "op://App/db/username" } });
  const connect = ["connect", "1password", "--method", "connect", "--host", host, "--token-stdin"];
  expect((await shell.call(connect, { input: token })).code).toBe(0);
  const file = (await shell.read(shell.userFile)) ?? "";
  expect(JSON.parse(file)).toMatchObject({ connections: { op: { auth: { method: "connect", host } } } });
  expect(file.includes(token)).toBe(false);
  const { code, stdout } = await shell.call(["get", "DB_USER"], { env: { OP_CONNECT_TOKEN: token } });
  expect([code, stdout.trim()]).toEqual([0, "app"]);
  const counted = await shell.call(["status", "--check"], { env: { OP_CONNECT_TOKEN: token } });
  expect(counted.stdout).not.toContain("REQUESTS");
});
