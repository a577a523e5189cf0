/** A key vault somewhere: an emulator, or a real one. */
export interface RealVault {
  readonly env: Readonly<Record<string, string>>;
}

const NAMES = {
  AZURE_KEYVAULT_URL: "VAULTLINK_TEST_AZURE_VAULT_URL",
  AZURE_TENANT_ID: "VAULTLINK_TEST_AZURE_TENANT",
  AZURE_CLIENT_ID: "VAULTLINK_TEST_AZURE_CLIENT_ID",
  AZURE_CLIENT_SECRET: "VAULTLINK_TEST_AZURE_CLIENT_SECRET",
} as const;
/** Not needed for one of Azure's own clouds. */
const OPTIONAL = {
  AZURE_AUTHORITY_HOST: "VAULTLINK_TEST_AZURE_AUTHORITY",
  NODE_EXTRA_CA_CERTS: "NODE_EXTRA_CA_CERTS",
} as const;

/** The key vault that the environment names, or why there is none. */
export function findRealVault(env: NodeJS.ProcessEnv = process.env): RealVault | { readonly missing: string } {
  const missing = Object.values(NAMES).filter((name) => !env[name]);
  if (missing.length > 0) return { missing: `No key vault is given: ${missing.join(", ")} not set.` };
  const found = Object.entries({ ...NAMES, ...OPTIONAL }).flatMap(([ours, theirs]) => {
    const held = env[theirs];
    return held ? [[ours, held] as const] : [];
  });
  return { env: Object.fromEntries(found) };
}
