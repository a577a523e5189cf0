import { createHash } from "node:crypto";
import { credentialDigest } from "@vaultlink/core/provider";
import type { TokenInfo } from "./token-info.ts";

/** What an identity is made of. */
export interface Who {
  readonly address: string;
  /** Empty for the root. */
  readonly namespace: string;
  /** Empty if a proxy adds it. */
  readonly token: string;
  /** Absent if the token may not look itself up. */
  readonly info: TokenInfo | undefined;
}

/**
 * Who the vault says we are: a printable name, and a digest that two identities never share.
 * One entity can hold tokens with different policies, so the policies count. A token without an entity stands for
 * itself: two of them share names, not rights. Its accessor or itself goes in under a key that dies with the process.
 * `undefined` where there is nothing to tell one from the other by.
 */
export function identify({ address, namespace, token, info }: Who): string | undefined {
  if (info?.entity === undefined && info?.accessor === undefined && token === "") return undefined;
  const where = `${address.replace(/^https?:\/\//, "")}${namespace === "" ? "" : `/${namespace}`}`;
  const place = [address, namespace, info?.policies ?? []];
  const digest =
    info?.entity === undefined
      ? credentialDigest(...place, info?.accessor ?? token)
      : createHash("sha256")
          .update(JSON.stringify([...place, info.entity]))
          .digest("hex");
  return `${printable(info?.displayName ?? "token")}@${where}#${digest.slice(0, 32)}`;
}

/** A display name as terminals and logs can bear it. */
function printable(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]/gu, "?").slice(0, 80);
}
