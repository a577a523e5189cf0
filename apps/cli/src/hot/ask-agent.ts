import { AgentClient, commandPlace, isInteractive, isTerminal, type Message, modeOf } from "@vaultlink/agent/client";
import { findPlace } from "../agent/place.ts";
import { isComplete, REPLACEMENT } from "../folders.ts";
import type { HotCommand } from "./command-line.ts";

/** One name as the running agent answers it. */
export type HotItem = Message & { readonly name: string; readonly required: boolean };

/**
 * What the running agent answers, or `undefined` where the long way has to be taken: no agent runs, none is wanted, or
 * there is something to tell besides values. Never throws: the long way meets the same obstacle, and says it.
 */
export async function askAgent(command: HotCommand, signal: AbortSignal): Promise<readonly HotItem[] | undefined> {
  const { env, platform } = process;
  const home = env["HOME"];
  if (home === undefined || !isComplete(home, platform)) return undefined;
  let client: AgentClient | undefined;
  try {
    const cwd = process.cwd();
    const mode = modeOf(env) ?? "auto";
    const isWanted = mode === "on" || (mode === "auto" && isInteractive(env));
    if (!isWanted || cwd.includes(REPLACEMENT)) return undefined;
    const around = { env, platform, home, cwd, uid: process.getuid?.() };
    const place = findPlace(around);
    client =
      place && (await AgentClient.open({ place, env, commandPlace: commandPlace(around), reader: command.kind }));
    if (client === undefined) return undefined;
    const answer = client.ask("resolve", requestOf(command), { signal });
    const { items, notices } = await showSlow(answer, command, client);
    return Array.isArray(notices) && notices.length === 0 ? (items as readonly HotItem[]) : undefined;
  } catch {
    return undefined;
  } finally {
    client?.close();
  }
}

/** Most answers are there sooner than a person notices: what shows progress loads with the others. */
async function showSlow(answer: Promise<Message>, command: HotCommand, client: AgentClient): Promise<Message> {
  if (!isTerminal(2)) return answer;
  const isThere = await Promise.race([answer.then(always, always), new Promise((wake) => setTimeout(wake, SLOW_MS))]);
  if (isThere === true) return answer;
  const names = command.kind === "get" ? { names: [command.name] } : {};
  return (await import("./slow.ts")).showProgress(() => answer, { ...names, client, startedAgoMs: SLOW_MS });
}

const SLOW_MS = 300;
const always = (): true => true;

function requestOf(command: HotCommand): object {
  if (command.kind === "run") return { purpose: "run", anyDomain: command.anyDomain };
  const { name, refresh, anyDomain } = command;
  return { names: [name], refresh, anyDomain };
}
