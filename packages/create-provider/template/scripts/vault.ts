import { KEY, startVault } from "../test/vault.ts";

/** The vault of the tests, at an address that stays the same, to try the provider on. Ends with Ctrl-C. */
const { url } = await startVault({ port: Number(process.env["PORT"] ?? 8321) });
console.log(`Acme Vault, as the tests have it, answers at ${url}. In another terminal, in this folder:

  npm run build --if-present
  export ACME_KEY=${KEY}
  vaultlink connect . acme --url ${url}
  vaultlink get acme://app/db
`);
