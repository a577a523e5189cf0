import { isPostgresLoginFailure, type Vault } from "@vaultlink/core";
import { Client, Pool } from "pg";
import type * as Rotating from "../../examples/recipes/pg-rotating.ts";
import type * as Shared from "../../examples/recipes/vault.ts";

/** A program that queries a database with a user of the vault's, and how it ends. */
export interface Program {
  /** Runs a query, and gives the user who ran it. */
  readonly query: () => Promise<string>;
  readonly end: () => Promise<void>;
}

const QUERY = "select current_user as who";
const NAMES = ["DB_USER", "DB_PASSWORD"] as const;

/** How a program takes over new users. */
export const WAYS = {
  rotating: async (folder) => {
    const { end, query } = (await import(`${folder}/recipes/pg-rotating.ts`)) as typeof Rotating;
    return { query: async () => whoOf((await query(QUERY)).rows), end };
  },
  use: async (_folder, vault, port) => ({
    query: () =>
      vault.use(NAMES, ([user, password]) => queryOnce(port, user.reveal(), password.reveal()), {
        isLoginFailure: isPostgresLoginFailure,
      }),
    end: async () => {},
  }),
  // As programs do that read the password when they start.
  neither: async (_folder, vault, port) => {
    const [user, password] = await Promise.all(NAMES.map((name) => vault.get(name)));
    const settings = { ...addressOf(port), user: user?.reveal(), password: password?.reveal() };
    const pool = new Pool({ ...settings, maxLifetimeSeconds: 1 });
    pool.on("error", () => {});
    return { query: async () => whoOf((await pool.query(QUERY)).rows), end: () => pool.end() };
  },
} satisfies Readonly<Record<string, (folder: string, vault: Vault, port: number) => Promise<Program>>>;

/** Starts a program with a vault object of its own, out of a copy of the examples. */
export async function startProgram(way: keyof typeof WAYS, folder: string, port: number): Promise<Program> {
  const { vault } = (await import(`${folder}/recipes/vault.ts`)) as typeof Shared;
  const { query, end } = await WAYS[way](folder, vault, port);
  return {
    query,
    end: async () => {
      await end();
      await vault.close();
    },
  };
}

async function queryOnce(port: number, user: string, password: string): Promise<string> {
  const client = new Client({ ...addressOf(port), user, password });
  client.on("error", () => {});
  await client.connect();
  try {
    return whoOf((await client.query(QUERY)).rows);
  } finally {
    await client.end();
  }
}

function addressOf(port: number): { readonly host: string; readonly port: number; readonly database: string } {
  return { host: "127.0.0.1", port, database: "postgres" };
}

function whoOf(rows: readonly unknown[]): string {
  return (rows as readonly { readonly who: string }[])[0]?.who ?? "";
}
