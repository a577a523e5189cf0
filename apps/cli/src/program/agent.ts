import type { CliCommand } from "./command.ts";
import type { Json, Ready } from "./types.ts";

/** `agent start`, `agent stop`, `agent status`. */
export function addAgent(program: CliCommand, ready: Ready): void {
  const agent = program
    .command("agent")
    .description("Start or end the process that keeps you signed in, and values cached, from command to command.")
    .usage("<command>")
    .examples("vaultlink agent status", "vaultlink agent stop");
  agent
    .command("start")
    .description("Start it, if it does not run.")
    .json()
    .examples("vaultlink agent start")
    .action((options: Json) =>
      ready(async (context) => (await import("../commands/agent.ts")).agentStart(context), options),
    );
  agent
    .command("stop")
    .description("End it: every session is signed out of here, every value is gone.")
    .json()
    .examples("vaultlink agent stop")
    .action((options: Json) =>
      ready(async (context) => (await import("../commands/agent.ts")).agentStop(context), options),
    );
  agent
    .command("status")
    .description("Show whether it runs.")
    .json()
    .examples("vaultlink agent status")
    .action((options: Json) =>
      ready(async (context) => (await import("../commands/agent.ts")).agentStatus(context), options),
    );
  program
    .command("logout")
    .description("End your own credentials, of one connection or of all. Connections and links stay.")
    .argument("[connection]", "the connection")
    .json()
    .examples("vaultlink logout", "vaultlink logout hcv")
    .action((connection: string | undefined, options: Json) =>
      ready(async (context) => (await import("../commands/logout.ts")).logout(context, connection), options),
    );
}
