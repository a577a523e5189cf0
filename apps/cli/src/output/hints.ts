import type { LinkStatus } from "@vaultlink/core";

/** Each command that mends something, once. */
export function hints(links: readonly Pick<LinkStatus, "hint">[]): readonly string[] {
  const commands = new Set(links.flatMap(({ hint }) => hint ?? []));
  return [...commands].map((command) => `try: ${command}`);
}
