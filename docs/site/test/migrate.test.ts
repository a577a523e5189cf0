import { startOnePassword } from "@vaultlink/stand-ins";
import { expect, it, onTestFinished } from "vitest";
import type * as Postman from "../examples/migrate/postman.ts";
import { linesOf, openShell } from "./kit/run.ts";
import { lendVault, loadExamples } from "./kit/vault.ts";

it("migrate/dotenv.sh links the names and starts the program with them", async () => {
  const { vault, env } = await lendVault();
  const shell = await openShell(env, { "https://vault.example.com:8200": vault.url });
  await shell.run("start/connect.sh");
  const lines = linesOf(await shell.run("migrate/dotenv.sh"));
  expect(lines.at(-1)).toBe("signed in as app");
});

it("migrate/varlock.sh takes 1Password's reference as it stands", async () => {
  const onePassword = await startOnePassword();
  onTestFinished(() => onePassword.stop());
  const shell = await openShell(onePassword.env);
  const lines = linesOf(await shell.run("migrate/varlock.sh"));
  expect(lines.at(-1)).toMatch(/^DB_PASSWORD +op:\/\/App\/db\/password/);
});

it("migrate/postman.ts makes an environment of secrets in memory", async () => {
  const { vault } = await lendVault();
  const load = await loadExamples(vault);
  const { environment } = await load<typeof Postman>("migrate/postman.ts");
  expect(await environment(["DB_USER"])).toEqual({
    name: "vaultlink",
    values: [{ key: "DB_USER", value: "app", type: "secret", enabled: true }],
  });
});
