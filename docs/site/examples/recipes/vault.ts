import { createVault } from "@vaultlink/core";
import { hashicorp } from "@vaultlink/provider-hashicorp";

/** One vault for the whole program: one sign-in, one cache. */
export const vault = createVault({
  connections: { hcv: hashicorp({ address: "https://vault.example.com:8200" }) },
  links: {
    API_KEY: "hcv://secret/app/api#key",
    DB_USER: "hcv://secret/app/db#username",
    DB_PASSWORD: "hcv://secret/app/db#password",
  },
  env: process.env,
});
