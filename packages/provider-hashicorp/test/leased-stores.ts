import { findPostgres, startPostgres } from "@vaultlink/stand-ins/postgres";
import { findRedis, startRedis } from "@vaultlink/stand-ins/redis";

/** A real store in which OpenBao makes credentials. */
export interface LeasedStore {
  readonly name: string;
  /** What the titles of tests that are skipped say, as there is none; else empty. */
  readonly without: string;
  start(): Promise<StartedStore>;
}

export interface StartedStore {
  /** What OpenBao's database engine is told about it. */
  readonly connection: Readonly<Record<string, unknown>>;
  /** What a new user may do there, in the store's words. */
  readonly creation: readonly string[];
  /** Whether somebody can sign in with these. */
  login(username: string, password: string): Promise<boolean>;
  stop(): Promise<void>;
}

const without = (found: object): string => ("missing" in found ? ` (${String(found.missing)})` : "");

const postgres: LeasedStore = {
  name: "PostgreSQL",
  without: without(findPostgres()),
  start: async () => {
    const server = await startPostgres();
    const { password, port, username } = server;
    const connection = {
      plugin_name: "postgresql-database-plugin",
      connection_url: `postgresql://{{username}}:{{password}}@127.0.0.1:${port}/postgres?sslmode=disable`,
      username,
      password,
    };
    const creation = [`CREATE ROLE "{{name}}" WITH LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}'`];
    return { ...server, connection, creation };
  },
};

const redis: LeasedStore = {
  name: "Redis",
  without: without(findRedis()),
  start: async () => {
    const server = await startRedis();
    const { password, port, username } = server;
    const connection = { plugin_name: "redis-database-plugin", host: "127.0.0.1", port, username, password };
    return { ...server, connection, creation: ['["+@read"]'] };
  },
};

export const LEASED_STORES: readonly LeasedStore[] = [postgres, redis];
