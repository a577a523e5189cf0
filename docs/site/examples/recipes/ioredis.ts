import { Redis } from "ioredis";
import { vault } from "./vault.ts";

/** Connects. If the password was changed, takes the new one, once. */
export async function connect(): Promise<Redis> {
  try {
    return await open({ refresh: false });
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith("WRONGPASS")) throw error;
    return open({ refresh: true });
  }
}

async function open(options: { refresh: boolean }): Promise<Redis> {
  const [user, password] = await Promise.all([vault.get("DB_USER"), vault.get("DB_PASSWORD", options)]);
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
