import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findAgent } from "../../src/client/find.ts";
import { startProcess } from "../../src/client/start.ts";
import { type AgentPlace, agentPlace, makeDirectory } from "../../src/place.ts";
import { remove } from "../../src/server/election.ts";

/** What the clients find at the socket's name. */
export const BEFORE = ["none", "stale", "wrong mode"] as const;

/** What one round came to. */
export interface Round {
  /** Clients that got no agent, with what they were told. */
  readonly failures: readonly string[];
  /** Processes that answered. */
  readonly agents: number;
  /** Names left in the directory besides the cookie and the socket. */
  readonly leftovers: readonly string[];
}

const PROGRAM = join(import.meta.dirname, "agent.ts");
/** No machine is as slow as that: a start that hangs is what it ends, in ms. */
const READY_MS = 300_000;

/** Has so many clients look for an agent at the same time, each starting one where it finds none. */
export async function race(clients: number, before: (typeof BEFORE)[number]): Promise<Round> {
  const folder = mkdtempSync(join(tmpdir(), "vl-race-"));
  const place = agentPlace({ env: { XDG_RUNTIME_DIR: folder }, platform: "linux", home: "/", uid: process.getuid?.() });
  makeDirectory(place);
  if (before !== "none") await leaveSocket(place, before === "stale" ? 0o600 : 0o666);
  try {
    const outcomes = await Promise.allSettled(Array.from({ length: clients }, () => findOrStart(place)));
    const pids = new Set(outcomes.flatMap((one) => (one.status === "fulfilled" ? [one.value] : [])));
    const failures = outcomes.flatMap((one) => (one.status === "rejected" ? [String(one.reason)] : []));
    const leftovers = readdirSync(place.directory).filter((name) => name !== "cookie" && name !== "agent-1.sock");
    return { failures, agents: pids.size, leftovers };
  } finally {
    await (await findAgent(place))?.ask("stop");
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The number of the process that answers. */
async function findOrStart(place: AgentPlace): Promise<number> {
  const command = [process.execPath, "--conditions=source", PROGRAM, JSON.stringify(place)] as const;
  const running = await findAgent(place);
  const isThere = running !== undefined || (await startProcess({ command, env: process.env, readyMs: READY_MS }));
  const session = running ?? (isThere ? await findAgent(place) : undefined);
  if (session === undefined) throw new Error(isThere ? "It said it was there, and was not." : "It did not start.");
  const { pid } = await session.ask("ping");
  session.close();
  return Number(pid);
}

/** Leaves a socket that nobody listens at any more. */
export async function leaveSocket({ socket }: AgentPlace, mode: number): Promise<void> {
  const server = createServer();
  const other = `${socket}.left`;
  await new Promise<void>((resolve) => void server.listen(other, resolve));
  const { linkSync } = await import("node:fs");
  linkSync(other, socket);
  chmodSync(socket, mode);
  await new Promise<void>((resolve) => void server.close(() => resolve()));
  remove(other);
}
