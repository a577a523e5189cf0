import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createVault, type SecretValue } from "@vaultlink/core";
import { hashicorp } from "@vaultlink/provider-hashicorp";
import { startDemoVault } from "./demo/demo-vault.ts";
import { act, show, type } from "./demo/stage.ts";

/* The main job from beginning to end, on a vault of this machine. Everything is made in a temporary folder and removed. */
const vault = await startDemoVault();
const folder = await mkdtemp(join(tmpdir(), "vaultlink-demo-"));
const { PATH, NO_COLOR, FORCE_COLOR, SystemRoot } = process.env;
const env = {
  ...{ PATH, NO_COLOR, FORCE_COLOR, SystemRoot, HOME: folder, USERPROFILE: folder },
  ...{ XDG_CONFIG_HOME: join(folder, "config"), APPDATA: join(folder, "config"), VAULT_TOKEN: vault.token },
};
const here = { cwd: folder, env };

try {
  await vault.write("app/db", { username: "app", password: "first-password" });
  await vault.write("app/api", { key: "an-api-key" });

  act(`1. Connect to a vault: ${vault.title}`, "The token comes from VAULT_TOKEN. It is never written to a file.");
  await type(["connect", "hashicorp", "hcv", "--address", vault.url], here);

  act("2. Link names to secrets", "vaultlink.json holds names and references, no values: it is meant to be committed.");
  await type(["link", "DB_PASSWORD", "hcv://secret/app/db#password"], here);
  await type(["link", "API_KEY", "hcv://secret/app/api#key"], here);

  act("3. Run a command with them", "The values are in the child's environment and nowhere else.");
  await type(
    ["run", "--", "node", "-e", 'console.log("  the child sees DB_PASSWORD:", process.env.DB_PASSWORD)'],
    here,
  );

  await inAProgram();

  act("5. Relink a name", "Programs that ask for API_KEY need no change.");
  await type(["relink", "API_KEY", "hcv://secret/app/db#username"], here);
  await type(["get", "API_KEY"], here);

  act("6. Disconnect", "Links stay, and say why they give nothing. The last command is meant to fail.");
  await type(["disconnect", "hcv", "--yes"], here);
  await type(["list"], here);
  await type(["get", "DB_PASSWORD"], { ...here, status: 67 });

  act("That was all. The vault is stopped and the folder removed.");
} finally {
  await rm(folder, { recursive: true, force: true });
  await vault.stop();
}

async function inAProgram(): Promise<void> {
  act(
    "4. In a program that runs for weeks",
    "A value is kept for 60 minutes, in memory only. A reset makes the next read ask the vault.",
  );
  const linked = createVault({
    connections: { hcv: hashicorp({ address: vault.url }) },
    links: { DB_PASSWORD: "hcv://secret/app/db#password" },
    env,
  });
  const told = (value: SecretValue): string => `from the ${value.provenance.source}: ${value.reveal()}`;
  show(`first get      ${told(await linked.get("DB_PASSWORD"))}`);
  await vault.write("app/db", { username: "app", password: "second-password" });
  show("               … the owner changes the password at the vault …");
  show(`second get     ${told(await linked.get("DB_PASSWORD"))}`);
  show(`reset          ${linked.reset()} value dropped`);
  show(`third get      ${told(await linked.get("DB_PASSWORD"))}`);
  show(`in a log       ${String(await linked.get("DB_PASSWORD"))}`);
  await linked.close();
}
