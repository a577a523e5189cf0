import { DatabaseError, Pool, type QueryResult } from "pg";
import { vault } from "./vault.ts";

/** Asks for `password` at each new connection: from the cache while it is fresh. */
export const pool = new Pool({
  host: "db.example.com",
  port: 5432,
  database: "app",
  user: (await vault.get("DB_USER")).reveal(),
  password: async () => (await vault.get("DB_PASSWORD")).reveal(),
});

const INVALID_PASSWORD = "28P01";

/** Runs a query. If the password was changed, takes the new one, once. */
export async function query(text: string, values: readonly unknown[] = []): Promise<QueryResult> {
  try {
    return await pool.query(text, [...values]);
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== INVALID_PASSWORD) throw error;
    vault.reset({ name: "DB_PASSWORD" });
    return pool.query(text, [...values]);
  }
}
