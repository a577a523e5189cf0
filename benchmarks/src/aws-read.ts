import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { createVault } from "@vaultlink/core";
import { aws } from "@vaultlink/provider-aws";

/** How the same secrets are read: by vaultlink, or by the plain SDK, one after another or all at once. */
export type Way = "vaultlink" | "singly" | "at once";

type Env = Readonly<Record<string, string>>;

/** Reads so many secrets, from a new client on. Throws if one of them is not had. */
export async function readAws(way: Way, count: number, env: Env): Promise<void> {
  const names = Array.from({ length: count }, (_, index) => `app/bench/${index}`);
  const values = way === "vaultlink" ? await withVaultlink(names, env) : await withSdk(names, env, way);
  if (values.some((value) => value === undefined) || values.length !== count) throw new Error("A secret is missing.");
}

async function withVaultlink(names: readonly string[], env: Env): Promise<readonly (string | undefined)[]> {
  const vault = createVault({ connections: { aws: aws() }, env });
  try {
    const settled = await vault.getMany(names.map((name) => `aws://${name}`));
    return settled.map((outcome) => (outcome.status === "fulfilled" ? outcome.value.reveal() : undefined));
  } finally {
    await vault.close();
  }
}

async function withSdk(names: readonly string[], env: Env, way: Way): Promise<readonly (string | undefined)[]> {
  const { AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL, AWS_REGION, AWS_SECRET_ACCESS_KEY } = env;
  const client = new SecretsManagerClient({
    region: AWS_REGION ?? "",
    endpoint: AWS_ENDPOINT_URL ?? "",
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID ?? "", secretAccessKey: AWS_SECRET_ACCESS_KEY ?? "" },
  });
  const read = async (name: string): Promise<string | undefined> =>
    (await client.send(new GetSecretValueCommand({ SecretId: name }))).SecretString;
  try {
    if (way === "at once") return await Promise.all(names.map(read));
    const values: (string | undefined)[] = [];
    for (const name of names) values.push(await read(name));
    return values;
  } finally {
    client.destroy();
  }
}
