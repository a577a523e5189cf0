import { createVault } from "@vaultlink/core";
import { hashicorp } from "@vaultlink/provider-hashicorp";

const vault = createVault({
  connections: { hcv: hashicorp({ address: "https://vault.example.com:8200" }) },
  links: { DB_USER: "hcv://secret/app/db#username", DB_PASSWORD: "hcv://secret/app/db#password" },
  env: process.env,
});

const user = await vault.get("DB_USER");
const password = await vault.get("DB_PASSWORD");

console.log("signing in as", user.reveal(), "with", password);
await vault.close();
