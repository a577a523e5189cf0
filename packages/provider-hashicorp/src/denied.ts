import { SecretError } from "@vaultlink/core/provider";
import type { Mount } from "./mounts.ts";

/** What to throw for a read that is denied: with the path that the vault checks, and what may be wrong with the reference. */
export function explainDenied(
  { details }: SecretError,
  { guessed, layout, path: mount }: Mount,
  path: string,
): SecretError {
  const inside = path.slice(mount.length);
  if (layout === "kv2" && inside.startsWith("data/")) {
    return new SecretError("denied", `${DENIED}; a reference leaves out the data/ of KV 2.`, {
      ...details,
      hint: "leave data/ out of the reference",
    });
  }
  const checked = layout === "kv2" ? `${mount}data/${inside}` : path;
  // To whoever may not read there, the vault does not tell a mount that there is not.
  const unknown = guessed === true ? `, or nothing is mounted at ${mount}` : "";
  return new SecretError("denied", `${DENIED}${unknown}.`, {
    ...details,
    hint: `vault token capabilities ${quoted(checked)}`,
  });
}

const DENIED = "The vault does not let this identity do that";

/** A path as a POSIX shell takes it for one word. */
const quoted = (path: string): string =>
  /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
