import type { TrustOptions } from "../commands/trust.ts";
import type { CliCommand } from "./command.ts";
import { YES } from "./shared.ts";
import type { Ready } from "./types.ts";

type Json = { readonly json?: boolean };

/** `trust`, `completion`. */
export function addOthers(program: CliCommand, ready: Ready): void {
  program
    .command("trust")
    .description("Let the connections that this project defines count, as they are now.")
    .option(...YES)
    .option("--revoke", "Take it back.")
    .json()
    .examples("vaultlink trust", "vaultlink trust --revoke")
    .action((options: TrustOptions & Json) =>
      ready(async (context) => (await import("../commands/trust.ts")).trust(context, options), options),
    );
  program
    .command("completion")
    .description("Print a script that lets your shell complete commands, options and names.")
    .argument("<shell>", "bash, zsh or fish")
    .json()
    .examplesIn("bash, at the end of ~/.bashrc", 'eval "$(vaultlink completion bash)"')
    .examplesIn("zsh, at the end of ~/.zshrc", 'eval "$(vaultlink completion zsh)"')
    .examplesIn("fish, once", "vaultlink completion fish > ~/.config/fish/completions/vaultlink.fish")
    .action((shell: string, options: Json) =>
      ready(async () => (await import("../commands/completion.ts")).completion(shell), options),
    );
}
