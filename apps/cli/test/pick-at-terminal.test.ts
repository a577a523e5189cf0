import { startVault, VAULT_SEED } from "@vaultlink/stand-ins";
import type { Terminal } from "@vaultlink/test-support/terminal";
import { expect, it, onTestFinished } from "vitest";
import { startAgent } from "./agent-shell.ts";
import { openWindow } from "./screen/window.ts";
import { openShell } from "./shell.ts";

/** From the mounts to a field of `secret/app/db`, of whose name a part is typed. */
async function pickFieldOfDb(linking: Terminal, typed: string, field: string): Promise<void> {
  linking.press("down");
  linking.press("down");
  await linking.shows("● secret/");
  linking.press("enter");
  await linking.shows("○ ..");
  // Enter takes the first that is inside, not the way back.
  await linking.shows("● app/");
  linking.press("enter");
  await linking.shows("○ db");
  linking.type("db");
  await linking.shows("● db");
  linking.press("enter");
  await linking.shows("Which field of hcv://secret/app/db?");
  linking.type(typed);
  await linking.shows(`● ${field}`);
  linking.press("enter");
}

it("at a terminal, link finds a secret by connection, folder, secret and field", async () => {
  const vault = await startVault();
  onTestFinished(() => vault.stop());
  const shell = await openShell();
  const env = { VAULT_TOKEN: VAULT_SEED.rootToken };
  expect((await shell.call(["connect", "hashicorp", "hcv", "--address", vault.url], { env })).code).toBe(0);
  const linking = await openWindow(shell, { args: ["link", "DB_PASSWORD"], env, rows: 60 });
  await linking.shows("● hcv (hashicorp)");
  linking.press("enter");
  await linking.shows("○ secret/");
  linking.type("nothing-like-it");
  await linking.shows("No matches found");
  linking.press("enter");
  await linking.shows("Nothing matches.");
  linking.press(...Array.from("nothing-like-it", () => "backspace" as const));
  await linking.shows("○ secret/");
  // A part of no label, whatever the library makes of the values behind them.
  linking.type("object");
  await linking.shows("No matches found");
  linking.press(...Array.from("object", () => "backspace" as const));
  await linking.shows("○ secret/");
  await pickFieldOfDb(linking, "pass", "password");
  expect((await linking.ended()).code).toBe(0);
  expect(JSON.parse((await shell.read(shell.projectFile)) ?? "")).toMatchObject({
    links: { DB_PASSWORD: "hcv://secret/app/db#password" },
  });
  expect(linking.stream).not.toContain("vlcanary");
});

it("at a terminal, the picker goes through the agent: it signs in there once, and whatever comes next is signed in", async () => {
  const vault = await startVault();
  onTestFinished(() => vault.stop());
  const shell = await openShell();
  await shell.writeUser({ version: 1, connections: { hcv: { provider: "hashicorp", address: vault.url } } });
  const { call, runtime } = await startAgent(shell);
  const linking = await openWindow(shell, { args: ["link", "OWNER"], agent: "on", env: runtime, rows: 60 });
  await linking.shows("● hcv (hashicorp)");
  linking.press("enter");
  await linking.shows("hcv: Token for");
  linking.type(VAULT_SEED.rootToken);
  linking.press("enter");
  await linking.shows("○ secret/");
  await pickFieldOfDb(linking, "user", "username");
  expect((await linking.ended()).code).toBe(0);
  const reads = vault.log.count("kv2.read");
  expect(await call(["get", "OWNER"])).toMatchObject({ code: 0, stdout: "app\n", stderr: "" });
  // Its fields were asked for by reading it: the agent has it.
  expect(vault.log.count("kv2.read")).toBe(reads);
  expect(linking.stream).not.toContain("vlcanary");
});
