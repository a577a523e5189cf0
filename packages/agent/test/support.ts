import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { findAgent } from "../src/client/find.ts";
import type { AgentSession } from "../src/client/session.ts";
import { type AgentPlace, agentPlace } from "../src/place.ts";
import { type Agent, type AgentOptions, type Operations, startAgent } from "../src/server/agent.ts";

/** A folder of this test's own, gone afterwards. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "vl-agent-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The place of an agent in a folder of this test's own. */
export function temporaryPlace(): AgentPlace {
  return agentPlace({
    env: { XDG_RUNTIME_DIR: temporaryFolder() },
    platform: "linux",
    home: "/nowhere",
    uid: process.getuid?.(),
  });
}

/** Operations that answer with what they were asked. */
export const echo: Operations = {
  perform: async (operation, { id: _id, mac: _mac, op: _op, ...request }) => ({ operation, request }),
  held: () => ({ entries: 0, sessionsByPerson: 0 }),
};

/** An agent in this process; it ends with the test. */
export async function serve(
  place: AgentPlace,
  options: Partial<AgentOptions> = {},
): Promise<{ readonly agent: Agent; readonly ended: Promise<void> }> {
  const { promise: ended, resolve: onEnd } = Promise.withResolvers<void>();
  const agent = await startAgent({ place, operations: echo, version: "1.2.3", onEnd, ...options });
  if (agent === undefined) throw new Error("Another agent serves here.");
  onTestFinished(() => agent.wipe());
  return { agent, ended };
}

/** A session with the agent at a place, which must be there. */
export async function open(place: AgentPlace): Promise<AgentSession> {
  const session = await findAgent(place);
  if (session === undefined) throw new Error("No agent serves here.");
  onTestFinished(() => session.close());
  return session;
}
