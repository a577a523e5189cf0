import { fileURLToPath } from "node:url";
import { createVault } from "@vaultlink/core";
import { getByCommand } from "@vaultlink/test-support";
import { expect, it, onTestFinished } from "vitest";
import { google } from "../src/index.ts";
import { credentialFiles, keyFile } from "./files.ts";
import { account } from "./people.ts";
import { startVault } from "./vault.ts";

it("reads through the library, the command and the agent", async () => {
  const app = account("app");
  const standIn = await startVault([app]);
  const files = await credentialFiles();
  onTestFinished(async () => void (await Promise.all([standIn.stop(), files.remove()])));
  standIn.vault.allow(app.token, { name: "app", may: ["app-*"] });
  standIn.vault.put("app-db", "vlcanary-value");
  const { url } = standIn;
  const env = { GOOGLE_APPLICATION_CREDENTIALS: await files.write("app", keyFile(app, url)) };

  await using vault = createVault({ connections: { ex: google({ url }) }, env });
  expect((await vault.get("ex://app-db")).reveal()).toBe("vlcanary-value");
  const provider = fileURLToPath(new URL("../src/index.ts", import.meta.url));
  expect(await getByCommand({ entry: { provider, url }, env, reference: "ex://app-db" })).toEqual({
    alone: "vlcanary-value\n",
    agent: "vlcanary-value\n",
  });
});
