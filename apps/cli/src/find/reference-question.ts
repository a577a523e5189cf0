import type { NotPicked } from "./pick.ts";

/** What whoever types a reference is asked, and with what they begin: where they looked last. */
export function referenceQuestion(
  name: string,
  { below = "", form }: Pick<NotPicked<string>, "below" | "form"> = {},
  mayBeEmpty = false,
): readonly [label: string, before: string] {
  const such = form === undefined ? "" : `, such as ${form}`;
  return [`${name}: reference${such}${mayBeEmpty ? " (leave empty to declare the name only)" : ""}`, below];
}
