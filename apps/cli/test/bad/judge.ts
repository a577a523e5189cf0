import type { BadInput } from "./kinds.ts";
import type { Came } from "./stage.ts";

/** Statuses that the documents have, but for 70: that is a fault of ours. */
const DOCUMENTED: ReadonlySet<number> = new Set([0, 64, 65, 66, 67, 69, 74, 75, 76, 77, 78, 79, 126, 127]);

/** What is wrong with how a command took a bad input, or `undefined`. */
export function judge({ code, stdout, complaint, notices }: Came, { argv }: BadInput): string | undefined {
  const lines = complaint.split("\n").filter((line) => line !== "");
  if (!DOCUMENTED.has(code)) return `status ${code}`;
  const messages = lines.filter((line) => line.startsWith("vaultlink: "));
  if (code !== 0 && messages.length === 0 && stdout === "") return "not a word";
  if (lines.some((line) => !/^(?:vaultlink: | {2}try: )/.test(line))) return "a line of no message";
  const longest = Math.max(0, ...[...lines, ...notices].map((line) => line.length));
  if (longest >= 400) return `a line of ${longest} characters`;
  if (/\n\s+at |\.ts:\d|node:internal/.test(`${complaint}${notices.join("\n")}`)) return "a stack";
  if (`${complaint}${notices.join("\n")}`.includes("vlcanary")) return "a secret in a message";
  // A reference of a connection there is may be shown: whoever explains it was asked about it.
  const isShown = argv[0] === "explain" && argv.some((arg) => arg.startsWith("hcv://"));
  if (code !== 0 && !isShown && stdout.includes("vlcanary")) return "a secret on standard output";
  return undefined;
}
