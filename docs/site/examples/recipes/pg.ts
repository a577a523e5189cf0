import { isPostgresLoginFailure } from "@vaultlink/core";
import { Pool, type QueryResult } from "pg";
import { vault } from "./vault.ts";

/** Asks for `password` at each new connection: from the cache while it is fresh. */
export const pool = new Pool({
  host: "db.example.com",
  port: 5432,
  database: "app",
  user: (await vault.get("DB_USER")).reveal(),
  password: async () => (await vault.get("DB_PASSWORD")).reveal(),
});

/** Runs a query. If the password was changed, takes the new one, once for all queries. */
export function query(text: string, values: readonly unknown[] = []): Promise<QueryResult> {
  return vault.use("DB_PASSWORD", () => pool.query(text, [...values]), { isLoginFailure: isPostgresLoginFailure });
}
