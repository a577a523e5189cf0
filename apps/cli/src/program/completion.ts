import type { CliCommand } from "./command.ts";
import type { Json, Ready } from "./types.ts";

/** `completion`. */
export function addCompletion(program: CliCommand, ready: Ready): void {
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
