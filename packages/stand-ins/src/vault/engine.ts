import type { Answer } from "../kit/backend.ts";
import type { Token } from "./tokens.ts";

/** What is mounted at a path. Paths are decoded and relative to the mount. */
export interface Engine {
  /** As `sys/internal/ui/mounts` says it. */
  readonly type: "kv" | "database";
  readonly options: Readonly<Record<string, string>> | null;
  /** The operation's name for the log, e.g. `kv2.read`. */
  route(operation: Operation, path: string): string;
  read(path: string, query: URLSearchParams, asker: Token): Answer;
  list(path: string): Answer;
}

export type Operation = "read" | "list";

/** The names directly under a folder; what has more below ends in a slash. */
export function childrenOf(names: Iterable<string>, folder: string): readonly string[] {
  const prefix = folder === "" || folder.endsWith("/") ? folder : `${folder}/`;
  const children = new Set<string>();
  for (const name of names) {
    if (!name.startsWith(prefix)) continue;
    const [first = "", ...more] = name.slice(prefix.length).split("/");
    children.add(more.length > 0 ? `${first}/` : first);
  }
  return [...children].toSorted();
}
