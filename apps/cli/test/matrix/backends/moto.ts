import { AWS_ACCOUNT, CANARY } from "@vaultlink/stand-ins";
import { seedMoto, startMoto } from "@vaultlink/stand-ins/moto";
import type { Backend } from "../backend.ts";
import { AWS } from "./aws.ts";
import { counter } from "./counter.ts";
import { recordingProxy } from "./recording-proxy.ts";

const READING = /\.(?:GetSecretValue|BatchGetSecretValue|DescribeSecret|ListSecrets)$/;

/** moto lets everybody in, so nothing is refused there. */
export async function startRealAws(): Promise<Backend> {
  const moto = await startMoto(AWS_ACCOUNT);
  const seeded = await seedMoto(moto);
  const proxy = await recordingProxy(moto.url, ({ headers }) => {
    const target = String(headers["x-amz-target"] ?? "sts");
    return {
      operation: target,
      isRead: target.endsWith(".GetSecretValue"),
      isWrite: target !== "sts" && !READING.test(target),
    };
  });
  const next = counter();
  const values = { first: "", second: `${CANARY}api-key` };
  const rotate = async (): Promise<void> => {
    values.first = `${CANARY}db-${next()}`;
    await moto.call("PutSecretValue", {
      SecretId: "app/db",
      SecretString: JSON.stringify({ password: values.first }),
    });
  };
  const { AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "" } = seeded.env;
  await rotate();
  return {
    ...AWS,
    ...proxy,
    server: "moto",
    place: { AWS_ENDPOINT_URL: proxy.url },
    identifier: `${seeded.arn("app/db")}#password`,
    values: () => ({ ...values }),
    rotate,
    envCredentials: () => ({ AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY }),
    answer: (label) => (label.endsWith("id") ? AWS_ACCESS_KEY_ID : AWS_SECRET_ACCESS_KEY),
    restore: async () => {},
    stop: async () => {
      await proxy.stop();
      await moto.stop();
    },
  };
}
