import type { Configuration } from "./load.ts";
import type { ConnectionOrigin } from "./merge.ts";
import type { Loaded } from "./read.ts";

type Files = Pick<Configuration, "policy" | "project" | "user">;

/** The file that a connection or a link comes from, as it was read; what has no origin is the user's. */
export function originOf(
  origin: ConnectionOrigin | undefined,
  { policy, project, user }: Files,
): Pick<Loaded<unknown>, "file" | "text"> {
  const files = { policy, project, user };
  return files[origin ?? "user"] ?? { file: "", text: undefined };
}

/** Its path. */
export const originFile = (origin: ConnectionOrigin | undefined, files: Files): string => originOf(origin, files).file;
