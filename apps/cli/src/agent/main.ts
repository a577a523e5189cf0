import { fileURLToPath } from "node:url";
import { agentPlace, READY } from "@vaultlink/agent";
import { type Agent, type Operations, startAgent } from "@vaultlink/agent/server";
import { version } from "../version.ts";
import { expectHome } from "../config/paths.ts";

/*
 * The agent's process. Whoever starts it reads from its standard output when an agent serves. It ends without a word:
 * nobody reads what it says, and what it could say may hold secrets.
 */
process.umask(0o077);
const { env, platform } = process;
const uid = process.getuid?.();
// Of the data about a failure none is written: no report, no core file.
process.report.excludeEnv = true;
process.on("uncaughtException", () => process.exit(70));
process.on("unhandledRejection", () => process.exit(70));

const serving: { agent?: Agent } = {};
// SIGUSR1 is among them: left alone, Node would open its inspector, through which others could read the memory.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGQUIT"] as const) {
  process.on(signal, () => {
    serving.agent?.wipe();
    process.exit(0);
  });
}

// Vaults and what reads configuration are loaded with the first command: until then the agent is small.
let operations: Operations | undefined;
const whenNeeded: Operations = {
  async perform(operation, request, call) {
    operations ??= (await import("./operations.ts")).createOperations({ platform, uid });
    return operations.perform(operation, request, call);
  },
  held: () => operations?.held() ?? { entries: 0, sessionsByPerson: 0 },
};
const agent = await startAgent({
  place: agentPlace({ env, platform, uid, home: expectHome(env, platform, () => "") }),
  operations: whenNeeded,
  version,
  program: [fileURLToPath(import.meta.url)],
  onEnd: () => process.exit(0),
});
// Where another agent serves already, this process has nothing to do, and ends.
if (agent !== undefined) serving.agent = agent;
process.stdout.on("error", () => {});
process.stdout.write(READY, () => process.stdout.destroy());
