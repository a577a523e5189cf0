import { parseArgs } from "node:util";

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
`;

/** What the arguments ask for; `undefined` for what cannot be read as one. */
export function answersOf(given: readonly string[]): Answers | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...given],
      allowPositionals: true,
      options: {
        javascript: { type: "boolean", default: false },
        "node-test": { type: "boolean", default: false },
        changeset: { type: "boolean", default: false },
        folder: { type: "string" },
      },
    });
    const [name, ...more] = positionals;
    if (name === undefined || more.length > 0 || !/^[a-z][a-z0-9-]*$/.test(name)) return undefined;
    return {
      name,
      language: values.javascript ? "javascript" : "typescript",
      runner: values["node-test"] ? "node" : "vitest",
      release: values.changeset ? "changeset" : "plain",
      folder: values.folder ?? `vaultlink-provider-${name}`,
    };
  } catch {
    return undefined;
  }
}
