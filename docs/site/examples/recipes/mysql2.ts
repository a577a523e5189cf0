import mysql, { type Connection } from "mysql2/promise";
import { vault } from "./vault.ts";

/** Connects. If the password was changed, takes the new one, once. */
export async function connect(): Promise<Connection> {
  try {
    return await open({ refresh: false });
  } catch (error) {
    if (!isAccessDenied(error)) throw error;
    return open({ refresh: true });
  }
}

async function open(options: { refresh: boolean }): Promise<Connection> {
  const [user, password] = await Promise.all([vault.get("DB_USER"), vault.get("DB_PASSWORD", options)]);
  return mysql.createConnection({
    host: "db.example.com",
    port: 3306,
    database: "app",
    user: user.reveal(),
    password: password.reveal(),
  });
}

function isAccessDenied(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ER_ACCESS_DENIED_ERROR";
}
