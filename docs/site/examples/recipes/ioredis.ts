import { Redis } from "ioredis";
import { vault } from "./vault.ts";

/** Connects. If the server refuses the password, it was changed: asks the vault for the new one, once. */
export async function connect(): Promise<Redis> {
  try {
    return await open({ refresh: false });
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith("WRONGPASS")) throw error;
    return open({ refresh: true });
  }
}

async function open(options: { refresh: boolean }): Promise<Redis> {
  const password = await vault.get("DB_PASSWORD", options);
  const redis = new Redis({
    host: "redis.example.com",
    port: 6379,
    password: password.reveal(),
    lazyConnect: true,
    retryStrategy: () => null,
  });
  await redis.connect();
  return redis;
}
