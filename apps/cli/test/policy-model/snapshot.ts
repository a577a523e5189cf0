import { readFileSync } from "node:fs";
import { settle } from "./model-clock.ts";
import type { ModelSession } from "./model-vault.ts";
import type { User, World } from "./state.ts";

/** What there is before and after a command: files byte for byte, sessions, and what an agent says of itself. */
export interface Snapshot {
  readonly policy: string | undefined;
  readonly own: readonly UserSnapshot[];
  /** How much the vaults were asked. */
  readonly asked: number;
}

interface UserSnapshot {
  readonly user: string | undefined;
  readonly project: string | undefined;
  readonly trust: string | undefined;
  readonly audited: number;
  readonly sessions: readonly ModelSession[];
  /** Of one user only: asking an agent has it read the files. */
  readonly agent: string | undefined;
}

/**
 * Takes one, with what the agent of a user says. Asking it is a command of that user's, too: whatever had ended for them has
 * done so here.
 */
export async function snapshot({ policyFile, users, vaults }: World, by: User | undefined): Promise<Snapshot> {
  const agent = by && (await agentState(by));
  if (agent !== undefined) await settle();
  const own = users.map((user) => {
    const { files, index } = user;
    return {
      ...{ user: textOf(files.user), project: textOf(files.project), trust: textOf(files.trust) },
      audited: (textOf(files.audit) ?? "").split("\n").length,
      agent: user === by ? agent : undefined,
      sessions: vaults.open(index),
    };
  });
  return { policy: textOf(policyFile), own, asked: vaults.asked.length };
}

export function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** What a user's agent keeps; `undefined` where there is none. */
async function agentState({ agent }: User): Promise<string | undefined> {
  if (agent === undefined) return undefined;
  const { cache, connections, links } = await agent.status();
  return JSON.stringify({
    entries: cache.entries,
    connections: connections.map(({ cached, identity, name, state }) => ({ name, state, identity, cached })),
    links: links.map(({ name, reason, state }) => ({ name, state, reason })),
  });
}
