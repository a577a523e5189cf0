import { parseArgs } from "node:util";
import { nameOf, refusalOfName } from "./names.ts";

/** What is to be made. */
export interface Answers {
  /** What configuration calls the provider, e.g. `"acme"`. */
  readonly name: string;
  readonly language: "typescript" | "javascript";
  readonly runner: "vitest" | "node";
  readonly release: "changeset" | "plain";
  /** The folder to make. @default vaultlink-provider-<name> */
  readonly folder: string;
}

/** How the command is used. */
export const USAGE = `npm create @vaultlink/provider <name> [-- options]

  --javascript        plain JavaScript           (default: TypeScript)
  --node-test         tests with node:test       (default: vitest)
  --changeset         releases with changesets   (default: a release by hand)
  --folder <folder>   where to put it            (default: vaultlink-provider-<name>)
  -h, --help          shows this
`;

/** What the arguments ask for: a provider, or how the command is used; or why they can mean neither, as a sentence. */
export type Asked = { readonly answers: Answers } | { readonly refused: string } | "help";

const OPTIONS = {
  javascript: { type: "boolean", default: false },
  "node-test": { type: "boolean", default: false },
  changeset: { type: "boolean", default: false },
  folder: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

export function askedFor(given: readonly string[]): Asked {
  let parsed;
  try {
    parsed = parseArgs({ args: [...given], allowPositionals: true, options: OPTIONS });
  } catch (thrown) {
    return { refused: refusalOf(thrown) };
  }
  const { values, positionals } = parsed;
  if (values.help) return "help";
  const [typed, ...more] = positionals;
  if (typed === undefined) return { refused: "Say what the provider is called, e.g. acme." };
  if (more.length > 0) return { refused: "There is one argument, the name: the rest is not understood." };
  const name = nameOf(typed);
  const refused = refusalOfName(name);
  if (refused !== undefined) return { refused };
  if (values.folder === "") return { refused: "--folder needs a value." };
  return {
    answers: {
      name,
      language: values.javascript ? "javascript" : "typescript",
      runner: values["node-test"] ? "node" : "vitest",
      release: values.changeset ? "changeset" : "plain",
      folder: values.folder ?? `vaultlink-provider-${name}`,
    },
  };
}

/** What is wrong with an option, by the code of https://nodejs.org/api/util.html#utilparseargsconfig */
function refusalOf(thrown: unknown): string {
  const { code, message } = thrown as { readonly code?: unknown; readonly message: string };
  const option = /'(?:-\w, )?(--?[\w-]+)/.exec(message)?.[1] ?? "An option";
  if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") return `There is no option ${option}.`;
  return message.includes("does not take an argument") ? `${option} takes no value.` : `${option} needs a value.`;
}
