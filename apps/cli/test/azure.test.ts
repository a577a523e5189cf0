import { type AzureStandIn, type AzureTools, startAzure } from "@vaultlink/stand-ins";
import { expect, it, onTestFinished } from "vitest";
import { openShell, type Shell } from "./shell.ts";

/** A shell whose user has `az`, and no other way to sign in. */
async function withAzure(): Promise<{
  readonly shell: Shell;
  readonly azure: AzureStandIn;
  readonly tools: AzureTools;
}> {
  const azure = await startAzure();
  const tools = await azure.tools();
  onTestFinished(async () => {
    await tools.remove();
    await azure.stop();
  });
  const { AZURE_AUTHORITY_HOST = "", NODE_EXTRA_CA_CERTS = "" } = azure.env;
  const PATH = `${tools.path}:${process.env["PATH"] ?? ""}`;
  const shell = await openShell({ AZURE_AUTHORITY_HOST, NODE_EXTRA_CA_CERTS, PATH });
  await shell.writeProject({ version: 1, links: { DB_USER: "az://db#username" } });
  return { shell, azure, tools };
}

it("connects with the sign-in of az, and reads", async () => {
  const { shell, azure, tools } = await withAzure();
  await tools.azGives(azure.issue("app"), Date.now() + 3_600_000);
  const connected = await shell("connect", "azure", "az", "--vault-url", azure.url, "--method", "cli");
  expect(connected.code).toBe(0);
  expect(JSON.parse((await shell.read(shell.userFile)) ?? "")).toMatchObject({
    connections: { az: { provider: "azure", vaultUrl: azure.url, auth: { method: "cli" } } },
  });
  const { code, stdout } = await shell("get", "DB_USER");
  expect([code, stdout.trim()]).toEqual([0, "app"]);
});

it("says which command signs in again, and then the next one works", async () => {
  const { shell, azure, tools } = await withAzure();
  await shell.writeUser({
    version: 1,
    connections: { az: { provider: "azure", vaultUrl: azure.url, auth: { method: "cli" } } },
  });
  await tools.azFails("ERROR: AADSTS70043: The refresh token has expired.");
  const { code, lines } = await shell("get", "DB_USER");
  expect([code, lines]).toEqual([
    76,
    ["vaultlink: DB_USER: The sign-in of az has ended, or nobody has signed in.", "  try: az login"],
  ]);
  await tools.azGives(azure.issue("app"), Date.now() + 3_600_000);
  expect((await shell("get", "DB_USER")).stdout.trim()).toBe("app");
});
