import { startVault } from "@vaultlink/stand-ins";
import { expect, it, onTestFinished } from "vitest";
import { openWindow } from "./screen/window.ts";
import { openShell } from "./shell.ts";

it("at a terminal, connect asks where, how, and for the token where the one that is here is refused", async () => {
  const vault = await startVault();
  onTestFinished(() => vault.stop());
  const shell = await openShell();
  const env = { VAULT_TOKEN: "vlcanary-stale" };

  const connecting = await openWindow(shell, { args: ["connect", "hashicorp"], env });
  await connecting.shows("hcv: Address of the vault");
  connecting.type(vault.url);
  connecting.press("enter");
  await connecting.shows("VAULT_TOKEN is set");
  connecting.press("enter");
  await connecting.shows("What was found here was refused");
  await connecting.shows("hcv: Token for");
  connecting.type(vault.credentials["app"]?.token ?? "");
  connecting.press("enter");
  expect((await connecting.ended()).code).toBe(0);
  expect(connecting.text()).toMatch(/Connected hcv: HashiCorp Vault or OpenBao as \S+ at 127\.0\.0\.1/);
  expect(connecting.text()).not.toContain("vlcanary");
});

it("N9: a long token that is typed takes one line, and a wrong one is asked for again", async () => {
  const vault = await startVault();
  onTestFinished(() => vault.stop());
  const shell = await openShell();
  const args = ["connect", "hashicorp", "--address", vault.url, "--method", "token"];
  const connecting = await openWindow(shell, { args });
  await connecting.shows("hcv: Token for");
  connecting.type(`vlcanary-${"x".repeat(700)}`);
  connecting.press("enter");
  await connecting.shows("The vault token is wrong, expired or revoked. Try again.");
  const lines = connecting.text().split("\n");
  const at = (text: string): number => lines.findIndex((line) => line.includes(text));
  // The question, an empty line, what is wrong.
  expect(at("Try again.") - at("hcv: Token for")).toBe(2);
  connecting.press("interrupt");
  expect((await connecting.ended()).code).toBe(130);
});
