import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { styleText } from "node:util";

const CLI = fileURLToPath(new URL("../../apps/cli/src/main.ts", import.meta.url));

/** A heading: what happens next, and why. */
export function act(title: string, ...explanation: readonly string[]): void {
  console.log(`\n${styleText("bold", title)}`);
  for (const line of explanation) console.log(styleText("dim", line));
}

/** A fact the program observed. */
export function show(text: string): void {
  console.log(`  ${text}`);
}

/** Types a command as a person would, prints it and what it says. Throws when its exit status is not the expected. */
export async function type(
  args: readonly string[],
  { cwd, env, status = 0 }: { cwd: string; env: Readonly<Record<string, string | undefined>>; status?: number },
): Promise<void> {
  console.log(`${styleText("cyan", "$")} vaultlink ${args.map(quote).join(" ")}`);
  const child = spawn(process.execPath, ["--conditions=source", CLI, ...args], {
    cwd,
    env,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== status) throw new Error(`vaultlink ${args[0]} ended with status ${code} instead of ${status}.`);
  if (status !== 0) console.log(styleText("dim", `  (exit status ${status})`));
}

function quote(argument: string): string {
  return /^[\w@%+=:,./#-]+$/.test(argument) ? argument : `'${argument}'`;
}
