import type { MergedConnection } from "../config/merge.ts";
import { labelOf } from "../third-party/source.ts";
import type { PolicyContent } from "./content.ts";

/** Why one more connection of a provider does not count unless the policy defines it; `undefined` where it does. */
export function closesOwn(
  provider: string,
  others: ReadonlyMap<string, MergedConnection>,
  { hashicorp = {}, limits = {} }: PolicyContent,
): string | undefined {
  if (provider === "hashicorp" && hashicorp.personal !== "allow") {
    return "This machine's policy allows its own connections to HashiCorp Vault only.";
  }
  const { maxPerProvider } = limits;
  const count = [...others.values()].filter(({ entry }) => labelOf(entry.provider) === provider).length;
  if (maxPerProvider === undefined || maxPerProvider === null || count < maxPerProvider) return undefined;
  return `This machine's policy allows ${maxPerProvider} of each kind of connection.`;
}
