import type { Context, Provider, Session } from "@vaultlink/core/provider";
import type { Subject } from "../../src/index.ts";

/** A provider, or its subject, with one thing wrong. */
export interface Mutant {
  /** The case that must notice. */
  readonly fails: string;
  /** What its session does instead. */
  readonly session?: (session: Session, context: Context) => Partial<Session>;
  /** What its `open` does instead. */
  readonly open?: (provider: Provider) => Provider["open"];
  /** What it is instead, called whenever one is created. */
  readonly provider?: (provider: Provider) => Provider;
  /** What the subject says instead. */
  readonly subject?: (subject: Subject) => Partial<Subject>;
  /** Called after the test. */
  readonly end?: () => void;
}

/** Timers that a mutant leaves behind, until the test is over. */
export function leaving(): { readonly leave: () => void; readonly end: () => void } {
  const timers: NodeJS.Timeout[] = [];
  return {
    leave: () => void timers.push(setInterval(() => undefined, 60_000)),
    end: () => timers.forEach((timer) => clearInterval(timer)),
  };
}
