import type { Disconnected } from "@vaultlink/core";

/** What became of credentials at the vault, in words. */
export const REMOTE: Readonly<Record<Disconnected["remote"], string>> = {
  revoked: "our credentials were revoked",
  "not-revoked": "our credentials could not be revoked",
  "nothing-to-revoke": "nothing of ours to revoke",
};

export const until = ({ remote, expiresAt }: Disconnected): string =>
  remote === "not-revoked" && expiresAt !== undefined ? `; they expire at ${new Date(expiresAt).toISOString()}` : "";

/** What a disconnect did, for the person. */
export const endedLines = (names: readonly string[], result: Disconnected): readonly string[] => [
  names.length === 0 ? "No link uses it." : `Unresolved from now on: ${names.join(", ")}.`,
  `Values dropped: ${result.dropped}. At the vault: ${REMOTE[result.remote]}${until(result)}.`,
];
