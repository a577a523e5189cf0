import { SCRIPTS, type Shell } from "../complete/scripts.ts";
import { usage } from "../failure.ts";
import { message, type Message } from "../output/result.ts";

/** The script that a shell reads. */
export async function completion(shell: string): Promise<Message> {
  if (!isShell(shell)) throw usage("Completion is there for bash, zsh and fish.", "vaultlink completion bash");
  const lines = SCRIPTS[shell];
  return message(lines, { shell, script: lines.join("\n") });
}

const isShell = (name: string): name is Shell => Object.hasOwn(SCRIPTS, name);
