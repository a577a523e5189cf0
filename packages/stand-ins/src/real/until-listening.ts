import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

const READY_WITHIN_MS = 30_000;

/**
 * Waits until something takes connections on a port of loopback.
 *
 * @throws Error if the server ends before, or takes none within 30 s.
 */
export async function untilListening(port: number, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline && server.exitCode === null) {
    if (await takesConnections(port)) return;
    await delay(50);
  }
  throw new Error("The server did not come up.");
}

async function takesConnections(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
