/*
 * A socket server of Node, and nothing else; or one that has read a secret with a plain SDK: `socket-server.mjs <socket> [sdk]`,
 * with the variables of its stand-in. JavaScript: what takes types out of a program would count as the server's memory.
 */
import { createServer } from "node:net";

const { env } = process;
const reads = {
  "node-vault": async () => {
    const { default: nodeVault } = await import("node-vault");
    const vault = nodeVault({ endpoint: env.BENCH_ADDRESS, token: env.VAULT_TOKEN });
    await vault.read("secret/data/bench/0");
    return vault;
  },
  "AWS's SDK": async () => {
    const { GetSecretValueCommand, SecretsManagerClient } = await import("@aws-sdk/client-secrets-manager");
    const client = new SecretsManagerClient({ region: env.AWS_REGION, endpoint: env.AWS_ENDPOINT_URL });
    await client.send(new GetSecretValueCommand({ SecretId: "app/db" }));
    return client;
  },
  "Azure's SDK": async () => {
    const { ClientSecretCredential } = await import("@azure/identity");
    const { SecretClient } = await import("@azure/keyvault-secrets");
    const own = { authorityHost: env.AZURE_AUTHORITY_HOST, disableInstanceDiscovery: true };
    const credential = new ClientSecretCredential(
      env.AZURE_TENANT_ID,
      env.AZURE_CLIENT_ID,
      env.AZURE_CLIENT_SECRET,
      own,
    );
    const client = new SecretClient(env.AZURE_KEYVAULT_URL, credential, { disableChallengeResourceVerification: true });
    await client.getSecret("db");
    return client;
  },
  "1Password's SDK": async () => {
    const { createClient } = await import("@1password/sdk");
    const client = await createClient({
      auth: env.OP_SERVICE_ACCOUNT_TOKEN,
      integrationName: "benchmark",
      integrationVersion: "1",
    });
    await client.secrets.resolve("op://App/db/password");
    return client;
  },
};

const [socket, sdk] = process.argv.slice(2);
/** Kept, as a session is. */
const client = await reads[sdk]?.();
createServer().listen(socket, () => console.log(client === undefined ? "bare" : "read"));
