import { isSecretError } from "@vaultlink/core";
import { vault } from "../recipes/vault.ts";

try {
  await vault.get("hcv://secret/app/nothing#password");
} catch (error) {
  if (!isSecretError(error)) throw error;
  console.log(error.code, "-", error.message);
}
await vault.close();
