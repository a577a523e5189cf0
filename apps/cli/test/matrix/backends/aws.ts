import { AWS_SEED, type AwsSeed, CANARY, startAws } from "@vaultlink/stand-ins";
import type { Backend } from "../backend.ts";
import { ANSWER_AFTER_MS, counter } from "./counter.ts";

type Common = "vault" | "provider" | "connection" | "options" | "flags" | "first" | "second" | "missing";

/** What is the same wherever this vault runs. */
export const AWS: Pick<Backend, Common> = {
  vault: "AWS Secrets Manager",
  provider: "aws",
  connection: "aws",
  options: { region: AWS_SEED.region, auth: { method: "environment" } },
  flags: ["--region", AWS_SEED.region, "--method", "environment"],
  first: "aws://app/db#password",
  second: "aws://app/api-key",
  missing: "aws://app/nothing",
};

/** How many times one user gets other keys. */
const KEYS = 100;

/** A user whose keys can be exchanged: each pair is a principal of the stand-in, all of one ARN. */
function seed(): AwsSeed {
  const { app } = AWS_SEED.users;
  if (app === undefined) throw new Error("The seed has no app.");
  const pairs = Array.from({ length: KEYS }, (_, index) => {
    const keys = { accessKeyId: `AKIAMATRIX${index}`, secretAccessKey: `${CANARY}key-${index}` };
    return [`app-${index}`, { ...app, keys }] as const;
  });
  return { ...AWS_SEED, users: { app, ...Object.fromEntries(pairs) } };
}

export async function startAwsBackend(): Promise<Backend> {
  const users = seed();
  const vault = await startAws({ seed: users });
  const next = counter();
  const values = { first: "", second: `${CANARY}api-key` };
  const rotate = async (): Promise<void> => {
    values.first = `${CANARY}db-${next()}`;
    vault.put("app/db", JSON.stringify({ password: values.first }));
  };
  let user = 0;
  const keys = () => users.users[`app-${user}`]?.keys;
  await rotate();
  return {
    ...AWS,
    server: "stand-in",
    place: { AWS_ENDPOINT_URL: vault.url },
    identifier: `${vault.arn("app/db")}#password`,
    values: () => ({ ...values }),
    rotate,
    reads: () => vault.log.count("secretsmanager.GetSecretValue"),
    requests: () => vault.log.requests.map(({ route }) => route),
    writes: () => vault.log.writes.length,
    envCredentials: () => ({
      AWS_ACCESS_KEY_ID: keys()?.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys()?.secretAccessKey,
    }),
    answer: (label) => (label.endsWith("id") ? keys()?.accessKeyId : keys()?.secretAccessKey) ?? "",
    lapse: async () => vault.revoke(`app-${user}`),
    restore: async () => void user++,
    sever: () => void vault.fault({ on: "*", kind: "drop" }),
    mend: () => vault.clearFaults(),
    delayNextRead: () =>
      void vault.fault({
        ...{ on: "secretsmanager.GetSecretValue", times: 1 },
        ...{ kind: "slow", afterMs: ANSWER_AFTER_MS },
      }),
    stop: () => vault.stop(),
  };
}
