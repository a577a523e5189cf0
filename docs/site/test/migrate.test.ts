import { startOnePassword } from "@vaultlink/stand-ins";
import { expect, it, onTestFinished } from "vitest";
import { openShell } from "./kit/run.ts";
import { lendVault, loadExamples } from "./kit/vault.ts";

it("migrate/dotenv.sh links the names and starts the program with them", async () => {
  const { vault, env } = await lendVault();
  const shell = await openShell(env, { "https://vault.example.com:8200": vault.url });
  await shell.run("start/connect.sh");
  const { code, lines, stderr } = await shell.run("migrate/dotenv.sh");
  expect(code, stderr).toBe(0);
  expect(lines.at(-1)).toBe("signed in as app");
});

it("migrate/varlock.sh takes 1Password's reference as it stands", async () => {
  const onePassword = await startOnePassword();
  onTestFinished(() => onePassword.stop());
  const shell = await openShell(onePassword.env);
  const { code, lines, stderr } = await shell.run("migrate/varlock.sh");
  expect(code, stderr).toBe(0);
  expect(lines.at(-1)).toMatch(/^DB_PASSWORD +op:\/\/App\/db\/password/);
});

it("migrate/postman.ts makes an environment of secrets in memory", async () => {
  const { vault } = await lendVault();
  const load = await loadExamples(vault);
  const { environment } = await load<typeof import("../examples/migrate/postman.ts")>("migrate/postman.ts");
  expect(await environment(["DB_USER"])).toEqual({
    name: "vaultlink",
    values: [{ key: "DB_USER", value: "app", type: "secret", enabled: true }],
  });
});
