import { vault } from "../recipes/vault.ts";

const names = ["DB_USER", "DB_PASSWORD", "API_KEY"];
for (const [index, result] of (await vault.getMany(names)).entries()) {
  console.log(names[index], result.status);
}
await vault.close();
