import { constants } from "node:os";
import { usage } from "../../failure.ts";

/** What a new version of a secret does to a running command. */
export interface Watching {
  readonly how: "restart" | NodeJS.Signals;
  /** Ms between two looks for new versions. */
  readonly everyMs: number;
}

/** No program can take these in its own way. */
const IMPOSSIBLE: ReadonlySet<string> = new Set(["SIGKILL", "SIGSTOP"]);

/** What `--watch` and `--watch-every` ask for; `undefined` without the first. Throws `usage` for anything else. */
export function expectWatching({
  watch,
  watchEvery,
}: {
  readonly watch?: string;
  readonly watchEvery?: string;
}): Watching | undefined {
  const seconds = watchEvery === undefined ? 60 : Number(watchEvery);
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 86_400) {
    throw usage("--watch-every is a number of whole seconds, up to a day.", "vaultlink run --help");
  }
  if (watch === undefined) return undefined;
  if (watch !== "restart" && (!Object.hasOwn(constants.signals, watch) || IMPOSSIBLE.has(watch))) {
    throw usage("--watch takes restart, or the name of a signal such as SIGHUP.", "vaultlink run --help");
  }
  return { how: watch as Watching["how"], everyMs: seconds * 1000 };
}
