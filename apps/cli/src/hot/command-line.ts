/** A command line of `get` or `run` that the hot path understands whole. */
export type HotCommand =
  | {
      readonly kind: "get";
      readonly name: string;
      readonly refresh: boolean;
      readonly anyDomain: boolean;
      readonly form: "text" | "raw" | "base64";
      readonly newline: boolean;
    }
  | { readonly kind: "run"; readonly anyDomain: boolean; readonly command: readonly [string, ...string[]] };

/**
 * Understands the common forms; `undefined` for any other, right or wrong, which the argument library then reads. An
 * option's value never stands apart here, so that nothing can be taken for a name that is none.
 */
export function understandHot(argv: readonly string[]): HotCommand | undefined {
  const [kind, ...rest] = argv;
  if (kind === "get") return understandGet(rest);
  return kind === "run" ? understandRun(rest) : undefined;
}

const GET_FLAGS: ReadonlySet<string> = new Set(["--refresh", "--any-domain", "--raw", "--base64", "--no-newline"]);

function understandGet(rest: readonly string[]): HotCommand | undefined {
  const names = rest.filter((part) => !part.startsWith("-"));
  const flags = new Set(rest.filter((part) => part.startsWith("-")));
  const [name] = names;
  if (name === undefined || name === "" || names.length > 1 || [...flags].some((flag) => !GET_FLAGS.has(flag)))
    return undefined;
  // Which one counts of two is for the command itself to say.
  if (flags.has("--raw") && flags.has("--base64")) return undefined;
  return {
    kind: "get",
    name,
    refresh: flags.has("--refresh"),
    anyDomain: flags.has("--any-domain"),
    form: flags.has("--raw") ? "raw" : flags.has("--base64") ? "base64" : "text",
    newline: !flags.has("--no-newline"),
  };
}

function understandRun(rest: readonly string[]): HotCommand | undefined {
  const dashes = rest.indexOf("--");
  if (dashes < 0) return undefined;
  const flags = rest.slice(0, dashes);
  const [file, ...args] = rest.slice(dashes + 1);
  if (!file || flags.some((flag) => flag !== "--any-domain")) return undefined;
  return { kind: "run", anyDomain: flags.includes("--any-domain"), command: [file, ...args] };
}
