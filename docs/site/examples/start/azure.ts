import { createVault } from "@vaultlink/core";
import { azure } from "@vaultlink/provider-azure";

const vault = createVault({
  connections: { az: azure({ vault: "my-vault" }) },
  links: { DB_USER: "az://db#username", DB_PASSWORD: "az://db#password" },
  env: process.env,
});

const user = await vault.get("DB_USER");
const password = await vault.get("DB_PASSWORD");

console.log("signing in as", user.reveal(), "with", password);
await vault.close();
