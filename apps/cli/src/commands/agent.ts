import { type AgentSession, findAgent } from "@vaultlink/agent";
import { SecretError } from "@vaultlink/core";
import { startAgentProcess } from "../agent/start.ts";
import { findPlace } from "../agent/place.ts";
import { USE_AGENT, whyNoAgent } from "../agent/open.ts";
import { message, type Message } from "../output/result.ts";
import { configure } from "../vault/with-vault.ts";
import type { CliContext } from "../context.ts";

/** What the agent says of itself. */
interface AgentInfo {
  readonly pid: number;
  readonly version: string;
  /** Ms since the epoch. */
  readonly startedAt: number;
}

/** Starts the agent, where none runs. */
export async function agentStart(context: CliContext): Promise<Message> {
  const running = await find(context);
  if (running === undefined && !(await startAgentProcess(context.env))) throw notStarted();
  const about = await ask(running ?? (await find(context)));
  if (about === undefined) throw notStarted();
  const did = `The agent ${running === undefined ? "was started" : "runs already"} (process ${about.pid}).`;
  return message([did, ...(await unusedHere(context))], {
    started: running === undefined,
    agent: json(about),
  });
}

/** Ends the agent, and with it every session and value it holds. */
export async function agentStop(context: CliContext): Promise<Message> {
  const running = await find(context);
  await running?.ask("stop");
  running?.close();
  return message(
    [running === undefined ? "No agent runs." : "The agent ended. The sign-ins and values that it kept are gone."],
    {
      stopped: running !== undefined,
    },
  );
}

/** Whether an agent runs. Starts none. */
export async function agentStatus(context: CliContext): Promise<Message> {
  const about = await ask(await find(context));
  if (about === undefined) return message(["No agent runs."], { agent: null });
  const { pid, version, startedAt } = about;
  const lines = [`The agent runs since ${new Date(startedAt).toISOString()} (process ${pid}, version ${version}).`];
  return message([...lines, ...(await unusedHere(context))], { agent: json(about) });
}

/** Says that commands do not go through the agent here, and why. */
async function unusedHere(context: CliContext): Promise<readonly string[]> {
  const why = whyNoAgent(context, await configure(context));
  return why === undefined ? [] : [`Commands do not use it here, since ${why}.`, `try: ${USE_AGENT}`];
}

/** Throws `invalid_config` where there can be no agent. */
async function find(context: CliContext): Promise<AgentSession | undefined> {
  const place = findPlace(context);
  if (place === undefined) throw new SecretError("invalid_config", "There is no agent on this system yet.");
  return findAgent(place);
}

async function ask(session: AgentSession | undefined): Promise<AgentInfo | undefined> {
  const answer = await session?.ask("ping");
  session?.close();
  return answer as AgentInfo | undefined;
}

const json = ({ pid, version, startedAt }: AgentInfo): object => ({
  pid,
  version,
  startedAt: new Date(startedAt).toISOString(),
});

const notStarted = (): SecretError =>
  new SecretError("unavailable", "The agent did not start.", { hint: "Set VAULTLINK_AGENT=off to do without" });
