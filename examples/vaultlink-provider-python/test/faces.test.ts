import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createVault } from "@vaultlink/core";
import { execProvider } from "@vaultlink/core/provider";
import { getByCommand } from "@vaultlink/test-support";
import { expect, it, onTestFinished } from "vitest";
import { KEY, startVault } from "./vault.ts";

const python = findPython();

it.skipIf(python === undefined)("reads through the library, the command and the agent (needs python3)", async () => {
  const standIn = await startVault();
  onTestFinished(() => standIn.stop());
  const { url } = standIn;
  const command = [python ?? "", fileURLToPath(new URL("../provider.py", import.meta.url))] as const;
  const [env, envVariables] = [{ ACME_KEY: KEY }, ["ACME_KEY"]];

  const acme = execProvider({ name: "acme", command, envVariables, options: { url } });
  await using vault = createVault({ connections: { ex: acme }, env });
  expect((await vault.get("ex://app/db")).reveal()).toBe("vlcanary-value");
  const entry = { provider: { command, envVariables }, url };
  expect(await getByCommand({ entry, env, reference: "ex://app/db" })).toEqual({
    alone: "vlcanary-value\n",
    agent: "vlcanary-value\n",
  });
});

function findPython(): string | undefined {
  try {
    return execFileSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}
