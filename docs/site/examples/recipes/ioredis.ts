import { isRedisLoginFailure, type SecretValue } from "@vaultlink/core";
import { Redis } from "ioredis";
import { vault } from "./vault.ts";

/** Connects. If the password was changed, takes the new one, once. */
export function connect(): Promise<Redis> {
  return vault.use(["DB_USER", "DB_PASSWORD"], ([user, password]) => open(user, password), {
    isLoginFailure: isRedisLoginFailure,
  });
}

async function open(user: SecretValue, password: SecretValue): Promise<Redis> {
  const redis = new Redis({
    host: "redis.example.com",
    port: 6379,
    username: user.reveal(),
    password: password.reveal(),
    lazyConnect: true,
    retryStrategy: () => null,
  });
  // An event says why a connection fails; `connect` itself says only that it is closed.
  let reason: Error | undefined;
  redis.on("error", (error: Error) => (reason ??= error));
  await redis.connect().catch((error: unknown) => {
    throw reason ?? error;
  });
  return redis;
}
