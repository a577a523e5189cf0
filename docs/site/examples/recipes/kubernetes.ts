import { createVault } from "@vaultlink/core";
import { hashicorp } from "@vaultlink/provider-hashicorp";

/** Signs in with the pod's own service account token, and again when the vault's token ends. */
const vault = createVault({
  connections: {
    hcv: hashicorp({
      address: "https://vault.example.com:8200",
      auth: { method: "kubernetes", role: "app", jwtFile: "/var/run/secrets/vault/token" },
    }),
  },
  links: { DB_USER: "hcv://secret/app/db#username" },
  env: process.env,
});

console.log("signed in as", (await vault.get("DB_USER")).reveal());
await vault.close();
