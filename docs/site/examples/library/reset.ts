import { vault } from "../recipes/vault.ts";

const source = async (): Promise<string> => (await vault.get("DB_USER")).provenance.source;

console.log("first read: ", await source());
console.log("second read:", await source());
console.log("reset drops:", vault.reset({ name: "DB_USER" }));
console.log("third read: ", await source());
await vault.close();
