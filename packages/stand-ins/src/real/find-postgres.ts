import { spawnSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import type { Variables } from "./find-program.ts";

/** Where the server's programs are, and as whom they must run; or why tests against it are skipped. */
export type PostgresFound =
  | { readonly folder: string; readonly user?: { readonly uid: number; readonly gid: number } }
  | { readonly missing: string };

/** Debian's program for running another one as somebody else. */
const DROPS_ROOT = "/usr/bin/setpriv";

/** Looks for PostgreSQL's programs: in `VAULTLINK_TEST_POSTGRES_BIN`, else where Debian's package puts them. */
export function findPostgres(env: Variables = process.env): PostgresFound {
  const named = env["VAULTLINK_TEST_POSTGRES_BIN"];
  const folder = named || globSync("/usr/lib/postgresql/*/bin").toSorted().at(-1);
  if (
    folder === undefined ||
    !["initdb", "pg_ctl", "postgres", "psql"].every((file) => existsSync(join(folder, file)))
  ) {
    return { missing: named ? "VAULTLINK_TEST_POSTGRES_BIN holds no PostgreSQL" : "no PostgreSQL: install postgresql" };
  }
  if (process.getuid?.() !== 0) return { folder };
  const [uid, gid] = [ask("-u"), ask("-g")];
  if (uid === undefined || gid === undefined || !existsSync(DROPS_ROOT)) {
    return { missing: "PostgreSQL does not run as root, and there is no user postgres to run it as" };
  }
  return { folder, user: { uid, gid } };
}

function ask(what: "-u" | "-g"): number | undefined {
  const { status, stdout } = spawnSync("id", [what, "postgres"], { encoding: "utf8" });
  return status === 0 ? Number(stdout) : undefined;
}
