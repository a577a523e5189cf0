import { createVault } from "@vaultlink/core";

const vault = createVault({ agent: true });
const password = await vault.get("DB_PASSWORD");
console.log(`signed in to by nobody here, read from ${password.provenance.source}`);
await vault.close();
