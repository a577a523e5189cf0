import { setTimeout as delay } from "node:timers/promises";
import { Pool, type QueryResult } from "pg";
import { vault } from "./vault.ts";

let pool: Pool;

/** Each new user name and password get a pool of their own, before the ones before them end. */
const rotation = await vault.rotating(["DB_USER", "DB_PASSWORD"], ([user, password]) => {
  const before = pool;
  pool = new Pool({
    host: "db.example.com",
    port: 5432,
    database: "app",
    user: user.reveal(),
    password: password.reveal(),
  });
  // A server may end idle connections; without a listener that would end the program.
  pool.on("error", () => {});
  if (before !== undefined) void retire(before);
});

/** Ends a pool once its queries have ended. */
async function retire(old: Pool): Promise<void> {
  while (old.waitingCount > 0 || old.idleCount < old.totalCount) await delay(20);
  await old.end();
}

export function query(text: string, values: readonly unknown[] = []): Promise<QueryResult> {
  return pool.query(text, [...values]);
}

export async function end(): Promise<void> {
  await rotation.close();
  await pool.end();
}
