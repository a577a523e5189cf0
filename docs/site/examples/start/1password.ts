import { createVault } from "@vaultlink/core";
import { onePassword } from "@vaultlink/provider-1password";

const vault = createVault({
  connections: { op: onePassword() },
  links: { DB_USER: "op://App/db/username", DB_PASSWORD: "op://App/db/password" },
  env: process.env,
});

const user = await vault.get("DB_USER");
const password = await vault.get("DB_PASSWORD");

console.log("signing in as", user.reveal(), "with", password);
await vault.close();
