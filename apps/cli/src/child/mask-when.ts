import { usage } from "../failure.ts";

/** When a stream is masked; `auto`: where it is no terminal, so that colours and questions stay as they are. */
export type MaskWhen = "auto" | "always" | "never";

export const MASK_WHEN: readonly string[] = ["auto", "always", "never"] satisfies readonly MaskWhen[];

/** Throws `usage` for anything else. */
export function expectMaskWhen(text: string): MaskWhen {
  if (!MASK_WHEN.includes(text)) throw usage("--mask takes auto, always or never.", "vaultlink run --help");
  return text as MaskWhen;
}
