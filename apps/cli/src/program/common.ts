import type { GetOptions } from "../commands/get.ts";
import type { RunOptions } from "../commands/run/run.ts";
import { understandHot } from "../hot/command-line.ts";
import type { Asked } from "./types.ts";

/** A command line in a common form, with its options as the argument library would have them. */
export type CommonCommand =
  | { readonly name: "get"; readonly args: readonly [string]; readonly options: GetOptions }
  | { readonly name: "run"; readonly args: readonly string[]; readonly options: RunOptions }
  | { readonly name: "list"; readonly args: readonly []; readonly options: { readonly json?: boolean } };

/**
 * Understands the common forms of `get`, `run` and `list`; `undefined` for any other, right or wrong. The argument library
 * takes longer to load than most of what is asked takes.
 */
export function understandCommon(argv: readonly string[]): CommonCommand | undefined {
  const [name, ...flags] = argv;
  if (name === "list" && flags.every((flag) => flag === "--json")) {
    return { name, args: [], options: flags.length > 0 ? { json: true } : {} };
  }
  const understood = understandHot(argv);
  if (understood === undefined) return undefined;
  const anyDomain = understood.anyDomain ? { anyDomain: true } : {};
  if (understood.kind === "run") {
    return { name: "run", args: understood.command, options: { mask: "auto", ...anyDomain } };
  }
  const { form, refresh, newline } = understood;
  const options = {
    ...(refresh && { refresh }),
    ...(form === "base64" && { base64: true }),
    ...(form === "raw" && { raw: true }),
    newline,
    ...anyDomain,
  };
  return { name: "get", args: [understood.name], options };
}

/** What a command line in a common form asks for; `undefined` for any other. */
export function readCommon(argv: readonly string[]): Asked | undefined {
  const common = understandCommon(argv);
  if (common === undefined) return undefined;
  const { name, args, options } = common;
  switch (name) {
    case "get":
      return {
        work: async (context) => (await import("../commands/get.ts")).get(context, args[0], options),
        json: false,
      };
    case "run":
      return {
        work: async (context) => (await import("../commands/run/run.ts")).run(context, args, options),
        json: false,
      };
    case "list":
      return {
        work: async (context) => (await import("../commands/list.ts")).list(context),
        json: options.json === true,
      };
  }
}
