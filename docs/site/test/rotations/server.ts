import { seedOpenBao, startOpenBao } from "@vaultlink/stand-ins/openbao";
import { startPostgres } from "@vaultlink/stand-ins/postgres";
import { onTestFinished } from "vitest";

/** A real vault whose users of a real database live for a few seconds each. */
export interface ShortLeases {
  readonly url: string;
  readonly token: string;
  /** The database's port. */
  readonly port: number;
}

/** Starts both for the length of the test. */
export async function startShortLeases(leaseSeconds: number): Promise<ShortLeases> {
  const database = await startPostgres();
  onTestFinished(() => database.stop());
  const bao = await startOpenBao();
  onTestFinished(() => bao.stop());
  const { credentials } = await seedOpenBao(bao);
  const admin = async (path: string, body: unknown): Promise<void> => {
    const { status } = await bao.call("POST", path, body, bao.rootToken);
    if (status >= 300) throw new Error(`OpenBao answered ${status} to ${path}.`);
  };
  const { port, username, password } = database;
  await admin("sys/mounts/database", { type: "database" });
  await admin("database/config/main", {
    plugin_name: "postgresql-database-plugin",
    allowed_roles: ["app"],
    connection_url: `postgresql://{{username}}:{{password}}@127.0.0.1:${port}/postgres?sslmode=disable`,
    ...{ username, password },
  });
  await admin("database/roles/app", {
    db_name: "main",
    creation_statements: [`CREATE ROLE "{{name}}" WITH LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}'`],
    ...{ default_ttl: `${leaseSeconds}s`, max_ttl: `${leaseSeconds}s` },
  });
  const token = credentials["app"]?.token;
  if (token === undefined) throw new Error("The vault has no identity that may read.");
  return { url: bao.url, token, port };
}
