import { version } from "../version.ts";
import { addAgent } from "./agent.ts";
import { addCache } from "./cache.ts";
import { CliCommand } from "./command.ts";
import { addCompletion } from "./completion.ts";
import { addConnections } from "./connections.ts";
import { addExplain } from "./explain.ts";
import { addHandOn } from "./hand-on.ts";
import { addLinks } from "./links.ts";
import { addTrust } from "./trust.ts";
import type { Ready } from "./types.ts";
import { addUi } from "./ui.ts";
import { addValues } from "./values.ts";

/** Every command there is. What each one does is loaded when it is asked for. */
export function createProgram(ready: Ready): CliCommand {
  const program = new CliCommand("vaultlink")
    .description("Links names to secrets in external vaults, and runs commands with them.")
    .version(version, "-V, --version", "Print the version.")
    .usage("<command> [options]")
    .helpCommand("help [command]", "Show how a command is used.")
    .enablePositionalOptions()
    .examples(
      "vaultlink connect hashicorp hcv --address https://vault.example.com",
      "vaultlink link DB_PASSWORD hcv://secret/prod/db#password",
      "vaultlink run -- ./server",
    );
  addUi(program, ready);
  addConnections(program, ready);
  addLinks(program, ready);
  addValues(program, ready);
  addHandOn(program, ready);
  addExplain(program, ready);
  addCache(program, ready);
  addAgent(program, ready);
  addTrust(program, ready);
  addCompletion(program, ready);
  return program;
}
