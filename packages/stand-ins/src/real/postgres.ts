import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { CANARY } from "../kit/witness.ts";
import { startChild } from "./child.ts";
import { findPostgres } from "./find-postgres.ts";
import { twoFreePorts } from "./free-ports.ts";
import { runToEnd } from "./run-to-end.ts";

/** A real database server with one administrator. */
export interface Postgres {
  readonly port: number;
  readonly username: string;
  readonly password: string;
  /** Whether somebody can sign in with these. */
  login(username: string, password: string): Promise<boolean>;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 30_000;

/**
 * Makes a database cluster in a folder of its own and serves it on a free port of loopback.
 *
 * @throws Error if there are no programs (see `findPostgres`) or the server does not come up.
 */
export async function startPostgres(): Promise<Postgres> {
  const found = findPostgres();
  if ("missing" in found) throw new Error(found.missing);
  const { folder, user } = found;
  const port = await twoFreePorts();
  const home = await mkdtemp(join(tmpdir(), "real-postgres-"));
  const data = join(home, "data");
  const secret = join(home, "password");
  const admin = { username: "administrator", password: `${CANARY}postgres-password` };
  await mkdir(data, { mode: 0o700 });
  await writeFile(secret, admin.password, { mode: 0o600 });
  if (user !== undefined) {
    await chmod(home, 0o711);
    await chown(data, user.uid, user.gid);
    await chown(secret, user.uid, user.gid);
  }
  // The server refuses to run as root.
  const as = user === undefined ? [] : ["setpriv", `--reuid=${user.uid}`, `--regid=${user.gid}`, "--clear-groups"];
  const at = (program: string, ...args: readonly string[]): [string, ...string[]] => {
    const [first = "", ...rest] = [...as, join(folder, program), ...args];
    return [first, ...rest];
  };
  const auth = ["--auth-local=reject", "--auth-host=scram-sha-256", "--no-sync"];
  try {
    await runToEnd(at("initdb", "-D", data, "-U", admin.username, `--pwfile=${secret}`, ...auth));
  } catch (error) {
    await rm(home, { recursive: true, force: true });
    throw error;
  }
  const [server, ...args] = at("postgres", "-D", data, "-p", `${port}`, "-h", "127.0.0.1", "-k", "", "-F");
  const child = await startChild(server, args, { stderr: "ignore" });
  const login: Postgres["login"] = async (username, password) => {
    const target = `host=127.0.0.1 port=${port} user=${username} dbname=postgres`;
    return runToEnd([join(folder, "psql"), "-w", "-c", "select 1", target], { PGPASSWORD: password }).then(
      () => true,
      () => false,
    );
  };
  const stop = async (): Promise<void> => {
    await runToEnd(at("pg_ctl", "stop", "-D", data, "-m", "immediate")).catch(() => undefined);
    await child.stop();
    await rm(home, { recursive: true, force: true });
  };
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await login(admin.username, admin.password))) {
    if (Date.now() > deadline || child.process.exitCode !== null) {
      await stop();
      throw new Error("PostgreSQL did not come up.");
    }
    await delay(50);
  }
  return { port, ...admin, login, stop };
}
