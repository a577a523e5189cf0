import { explain } from "../errors.ts";
import { Refused } from "../refused.ts";
import { REFERENCE_ERRORS } from "../errors/reference.ts";
import { withIds } from "./ambiguous.ts";

/** What is wrong with names of a vault or an item that fit nothing, or several things. */
export function lackingNames(kind: "vaults" | "items", ids: readonly string[]): Refused {
  const several = { vaults: "tooManyVaults", items: "tooManyItems" } as const;
  const none = { vaults: "vaultNotFound", items: "itemNotFound" } as const;
  const type = (ids.length > 1 ? several : none)[kind];
  return new Refused(withIds(explain(REFERENCE_ERRORS, { text: "", type }), ids));
}
