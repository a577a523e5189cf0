import type { UiOptions } from "../commands/ui.ts";
import type { CliCommand } from "./command.ts";
import type { Ready } from "./types.ts";

/** `ui`. */
export function addUi(program: CliCommand, ready: Ready): void {
  program
    .command("ui")
    .description("Open the window: links and connections, live. At a terminal, vaultlink alone opens it, too.")
    .option("--readonly", "Change nothing: neither files nor sessions nor what is kept.")
    .option("--no-mouse", "Leave the mouse to the terminal.")
    .option("--demo", "Show it on vaults in memory: no account is needed, and nothing of yours is touched.")
    .examples("vaultlink ui", "vaultlink ui --readonly --no-mouse", "vaultlink ui --demo")
    .action((options: UiOptions) =>
      ready(async (context) => (await import("../commands/ui.ts")).ui(context, options), {}),
    );
}
