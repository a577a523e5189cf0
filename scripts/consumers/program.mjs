/* A program as a user of the packages would write it. It prints what became of one secret of each vault. */
import { createVault } from "@vaultlink/core";
import { onePassword } from "@vaultlink/provider-1password";
import { aws } from "@vaultlink/provider-aws";
import { azure } from "@vaultlink/provider-azure";
import { hashicorp } from "@vaultlink/provider-hashicorp";

const LINKS = {
  AWS: "aws://app/number",
  AZURE: "az://number",
  HASHICORP: "hcv://secret/app/typed#number",
  ONEPASSWORD: "op://App/db/username",
};

async function main() {
  const connections = { aws: aws(), az: azure(), hcv: hashicorp(), op: onePassword() };
  const vault = createVault({ connections, links: LINKS, env: process.env });
  const names = Object.keys(LINKS);
  const outcomes = await vault.getMany(names);
  const told = outcomes.map((outcome, index) => [
    names[index],
    outcome.status === "fulfilled" ? outcome.value.reveal() : `${outcome.reason.code}: ${outcome.reason.message}`,
  ]);
  console.log(JSON.stringify(Object.fromEntries(told)));
  await vault.close();
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
