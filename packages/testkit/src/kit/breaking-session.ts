import type { LaterFault } from "../subject.ts";
import type { With } from "./definition.ts";
import { type Opened, withSession } from "./session.ts";

/** Why a case cannot be run whose fault must end. */
export const NO_END = "The subject cannot make its vault behave again (`end` of `breaking`).";

/** Opens the provider of a vault that behaves until `begin` is called. */
export function breakingSession(
  subject: With<"breaking">,
  fault: LaterFault,
  use: (opened: Opened, begin: () => void | Promise<void>) => Promise<void>,
): Promise<void> {
  const { provider, begin } = subject.breaking(fault);
  return withSession(provider, subject.env, (opened) => use(opened, begin));
}
