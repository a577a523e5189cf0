import { AZURE_SEED, type AzureSeed, CANARY, startAzure } from "@vaultlink/stand-ins";
import type { Backend } from "../backend.ts";
import { ANSWER_AFTER_MS, counter } from "./counter.ts";

export async function startAzureBackend(): Promise<Backend> {
  const { app } = AZURE_SEED.applications;
  if (app === undefined) throw new Error("The seed has no app.");
  const next = counter();
  const application = { ...app };
  const seed: AzureSeed = { ...AZURE_SEED, applications: { ...AZURE_SEED.applications, app: application } };
  const vault = await startAzure({ seed });
  const values = { first: "", second: `${CANARY}api-key` };
  const rotate = async (): Promise<void> => {
    values.first = `${CANARY}db-${next()}`;
    vault.put("app/db", JSON.stringify({ password: values.first }));
  };
  await rotate();
  const { AZURE_AUTHORITY_HOST, NODE_EXTRA_CA_CERTS } = vault.env;
  const { clientId } = application;
  const { tenant: tenantId } = seed;
  return {
    vault: "Azure Key Vault",
    server: "stand-in",
    provider: "azure",
    connection: "az",
    options: { vaultUrl: vault.url, auth: { method: "client-secret", tenantId, clientId } },
    flags: [
      ...["--vault-url", vault.url, "--method", "client-secret"],
      ...["--tenant-id", tenantId, "--client-id", clientId],
    ],
    place: { AZURE_AUTHORITY_HOST, NODE_EXTRA_CA_CERTS },
    first: "az://db#password",
    second: "az://api-key",
    missing: "az://nothing",
    values: () => ({ ...values }),
    rotate,
    reads: () => vault.log.count("secrets.get"),
    requests: () => vault.log.requests.map(({ route }) => route),
    writes: () => vault.log.writes.length,
    envCredentials: () => ({ AZURE_CLIENT_SECRET: application.secret }),
    answer: () => application.secret,
    lapse: async () => {
      // The tokens end, and the secret that would get another has expired.
      vault.revoke("app");
      Object.assign(application, { formerSecret: application.secret, secret: `${CANARY}unknown` });
    },
    restore: async () => void Object.assign(application, { secret: `${CANARY}secret-${next()}` }),
    sever: () => void vault.fault({ on: "*", kind: "drop" }),
    mend: () => vault.clearFaults(),
    delayNextRead: () => void vault.fault({ on: "secrets.get", kind: "slow", afterMs: ANSWER_AFTER_MS, times: 1 }),
    stop: () => vault.stop(),
  };
}
