import { startVault, VAULT_SEED } from "@vaultlink/stand-ins";
import { expect, it, onTestFinished } from "vitest";
import { openWindow } from "./screen/window.ts";
import { openShell } from "./shell.ts";

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
  linking.press("down");
  linking.press("down");
  await linking.shows("● secret/");
  linking.press("enter");
  await linking.shows("○ app/");
  linking.press("down");
  await linking.shows("● app/");
  linking.press("enter");
  await linking.shows("○ db");
  linking.type("db");
  await linking.shows("● db");
  linking.press("enter");
  await linking.shows("Which field of hcv://secret/app/db?");
  linking.type("pass");
  await linking.shows("● password");
  linking.press("enter");
  expect((await linking.ended()).code).toBe(0);
  expect(JSON.parse((await shell.read(shell.projectFile)) ?? "")).toMatchObject({
    links: { DB_PASSWORD: "hcv://secret/app/db#password" },
  });
  expect(linking.stream).not.toContain("vlcanary");
});
