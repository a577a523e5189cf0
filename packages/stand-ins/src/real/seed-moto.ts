import { ACCOUNT, AWS_SEED, type AwsSeed, type SeedSecret, type SeedVersion } from "../aws/seed.ts";
import type { Moto } from "./moto.ts";

/** What a seeded server offers, in the stand-in's words. */
export interface SeededMoto {
  /** What a user would set to reach it as `app`. */
  readonly env: Readonly<Record<string, string>>;
  /** Full ARN of a secret. */
  arn(name: string): string;
}

/** Gives a fresh server the secrets of one account of a seed. It knows no users: whoever asks may read everything. */
export async function seedMoto(moto: Moto, seed: AwsSeed = AWS_SEED): Promise<SeededMoto> {
  const arns = new Map<string, string>();
  for (const secret of seed.secrets) {
    if (secret.account === ACCOUNT) arns.set(secret.name, await create(moto, secret));
  }
  const { accessKeyId = "", secretAccessKey = "" } = seed.users["app"]?.keys ?? {};
  return {
    env: {
      AWS_ENDPOINT_URL: moto.url,
      AWS_REGION: seed.region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    },
    arn: (name) => {
      const arn = arns.get(name);
      if (arn === undefined) throw new Error("There is no such secret.");
      return arn;
    },
  };
}

async function create(moto: Moto, { description, name, state, tags = {}, versions }: SeedSecret): Promise<string> {
  const [first, ...later] = versions;
  if (first === undefined) throw new Error("A secret of the seed has no version.");
  const about = { Description: description, Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
  const { ARN } = (await moto.call("CreateSecret", { Name: name, ...about, ...inputOf(first) })) as { ARN: string };
  for (const version of later) await moto.call("PutSecretValue", { SecretId: name, ...inputOf(version) });
  if (state === "deletion-scheduled") await moto.call("DeleteSecret", { SecretId: name });
  return ARN;
}

function inputOf({ bytes, id, text }: SeedVersion): object {
  return {
    ClientRequestToken: id,
    SecretString: text,
    SecretBinary: bytes === undefined ? undefined : Buffer.from(bytes).toString("base64"),
  };
}
