import { isMysqlLoginFailure } from "@vaultlink/core";
import mysql, { type Connection } from "mysql2/promise";
import { vault } from "./vault.ts";

/** Connects. If the password was changed, takes the new one, once. */
export function connect(): Promise<Connection> {
  return vault.use(
    ["DB_USER", "DB_PASSWORD"],
    ([user, password]) =>
      mysql.createConnection({
        host: "db.example.com",
        port: 3306,
        database: "app",
        user: user.reveal(),
        password: password.reveal(),
      }),
    { isLoginFailure: isMysqlLoginFailure },
  );
}
