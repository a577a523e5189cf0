import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CANARY } from "../kit/witness.ts";
import { startChild } from "./child.ts";
import { findRedis } from "./find-redis.ts";
import { twoFreePorts } from "./free-ports.ts";
import { untilListening } from "./until-listening.ts";

/** A real store with one administrator. */
export interface Redis {
  readonly port: number;
  readonly username: string;
  readonly password: string;
  /** Whether somebody can sign in with these. */
  login(username: string, password: string): Promise<boolean>;
  stop(): Promise<void>;
}

/**
 * Starts a store on a free port of loopback that keeps everything in memory and lets nobody in without a password.
 *
 * @throws Error if there is no program (see `findRedis`) or it does not come up.
 */
export async function startRedis(): Promise<Redis> {
  const found = findRedis();
  if ("missing" in found) throw new Error(found.missing);
  const port = await twoFreePorts();
  const home = await mkdtemp(join(tmpdir(), "real-redis-"));
  const admin = { username: "administrator", password: `${CANARY}redis-password` };
  const settings = join(home, "redis.conf");
  // https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/
  const lines = [
    "bind 127.0.0.1",
    `port ${port}`,
    `dir ${home}`,
    'save ""',
    "user default off",
    `user ${admin.username} on >${admin.password} ~* &* +@all`,
  ];
  await writeFile(settings, `${lines.join("\n")}\n`, { mode: 0o600 });
  const child = await startChild(found.bin, [settings], { stderr: "ignore" });
  const stop = async (): Promise<void> => {
    await child.stop();
    await rm(home, { recursive: true, force: true });
  };
  await untilListening(port, child.process).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { port, ...admin, login: (username, password) => logIn(port, username, password), stop };
}

/** https://redis.io/docs/latest/develop/reference/protocol-spec/ */
async function logIn(port: number, username: string, password: string): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    const words = ["AUTH", username, password].map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
    socket.write(`*${words.length}\r\n${words.join("")}`);
    // Whoever is being removed is hung up on, without a word.
    const answered = once(socket, "data").then(([answer]) => String(answer).startsWith("+OK"));
    return await Promise.race([answered, once(socket, "close").then(() => false)]);
  } finally {
    socket.destroy();
  }
}
