import { createVault } from "@vaultlink/core";
import { aws } from "@vaultlink/provider-aws";

const vault = createVault({
  connections: { aws: aws({ region: "eu-west-1" }) },
  links: { DB_USER: "aws://app/db#username", DB_PASSWORD: "aws://app/db#password" },
  env: process.env,
});

const user = await vault.get("DB_USER");
const password = await vault.get("DB_PASSWORD");

console.log("signing in as", user.reveal(), "with", password);
await vault.close();
