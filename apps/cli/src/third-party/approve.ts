import { change } from "../config/change.ts";
import type { Configuration } from "../config/load.ts";
import { TRUST } from "../config/trust.ts";
import { usage } from "../failure.ts";
import { clean } from "../output/clean.ts";
import type { CliContext } from "../context.ts";
import { type Inspected, isSamePin, locateCode, type NamedBy, pinFor } from "./inspect.ts";
import { type Pin, pinning, pinOf } from "./pin.ts";
import type { ThirdParty } from "./source.ts";

/** A provider's code that its user has not agreed to run as it is. */
export interface Unapproved {
  readonly code: Inspected;
  readonly pin: Pin;
  /** What a person needs in order to decide. */
  readonly lines: readonly string[];
}

/** What of a provider's code needs its user's agreement; `undefined` where they gave it. Runs none of it. */
export async function unapproved(source: ThirdParty, by: NamedBy): Promise<Unapproved | undefined> {
  const code = locateCode(source, by);
  const { locked, ...pin } = await pinFor(code);
  const before = pinOf(by.pins, code.key);
  if (before !== undefined && isSamePin(before, pin)) return undefined;
  const lines = [
    `${clean(code.label)}${code.version === undefined ? "" : ` ${code.version}`}`,
    ...(before === undefined ? [] : [`  changed since you trusted it${was(before, code)}`]),
    `  at ${clean(code.at)}`,
    ...(locked === undefined ? [] : [`  integrity ${locked.integrity} (${locked.lockfile})`]),
    `  files sha256-${pin.sha256}`,
  ];
  return { code, pin, lines };
}

/**
 * Has a person agree to run a provider's code, unless they did, and pins it. Throws `usage` where nobody can agree. Tells
 * whether the code was compared just now: not where a person took their time to agree.
 */
export async function approve(
  context: CliContext,
  { trust }: Pick<Configuration, "trust">,
  { source, by, agreed }: { readonly source: ThirdParty; readonly by: NamedBy; readonly agreed: boolean },
): Promise<boolean> {
  const found = await unapproved(source, by);
  if (found === undefined) return true;
  const { code, lines, pin } = found;
  if (agreed) for (const line of lines) context.notice(line);
  else {
    if (context.prompter === undefined)
      throw usage(
        `Nobody is here to agree to run the code of ${code.label}. What options it takes, it says itself.`,
        "Add --trust",
      );
    for (const line of lines) context.prompter.show(line);
    const sentence =
      "It runs as you, in a process of its own, and is given the credentials of its connections. Trust it?";
    if (!(await context.prompter.confirm(sentence))) throw usage("Nothing was changed, and nothing of it was run.");
  }
  await change(trust, TRUST, [pinning(code.key, pin)]);
  return agreed;
}

const was = ({ version }: Pin, code: Inspected): string =>
  version === undefined || version === code.version ? "" : `: it was ${version}`;
