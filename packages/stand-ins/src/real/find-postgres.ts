import { spawnSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { BACKENDS, isRequired, type Variables } from "./find-program.ts";

/** Where the server's programs are, and as whom they must run; or why tests against it are skipped. */
export type PostgresFound =
  | { readonly folder: string; readonly user?: { readonly uid: number; readonly gid: number } }
  | { readonly missing: string };

/** Debian's program for running another one as somebody else. */
const DROPS_ROOT = "/usr/bin/setpriv";

/**
 * Looks for PostgreSQL's programs: in `VAULTLINK_TEST_POSTGRES_BIN`, else where Debian's package puts them, else in
 * `.backends/bin/postgresql`.
 *
 * @throws Error if there are none and `VAULTLINK_REQUIRE_BACKENDS` is `1`, where there is apt to install them with.
 */
export function findPostgres(env: Variables = process.env): PostgresFound {
  const found = look(env);
  if ("missing" in found && isRequired(env, true)) throw new Error(found.missing);
  return found;
}

function look(env: Variables): PostgresFound {
  const named = env["VAULTLINK_TEST_POSTGRES_BIN"];
  const folders = [...globSync("/usr/lib/postgresql/*/bin").toSorted().toReversed(), join(BACKENDS, "bin/postgresql")];
  const folder = (named ? [named] : folders).find((each) => PROGRAMS.every((file) => existsSync(join(each, file))));
  if (folder === undefined) {
    return { missing: named ? "VAULTLINK_TEST_POSTGRES_BIN holds no PostgreSQL" : "no PostgreSQL: pnpm backends" };
  }
  if (process.getuid?.() !== 0) return { folder };
  const user = idsOf("postgres") ?? idsOf("nobody");
  if (user === undefined || !existsSync(DROPS_ROOT)) {
    return { missing: "PostgreSQL does not run as root, and there is nobody to run it as" };
  }
  return { folder, user };
}

const PROGRAMS = ["initdb", "pg_ctl", "postgres", "psql"] as const;

/** The package makes a user of its own; where it was only unpacked there is none. */
function idsOf(name: string): { readonly uid: number; readonly gid: number } | undefined {
  const [uid, gid] = ["-u", "-g"].map((what) => spawnSync("id", [what, name], { encoding: "utf8" }));
  return uid?.status === 0 && gid?.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : undefined;
}
