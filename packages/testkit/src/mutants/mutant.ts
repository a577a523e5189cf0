import type { Context, Locator, Provider, SecretDocument, Session } from "@vaultlink/core/provider";
import type { CaseName } from "../case-names.ts";
import { bound } from "../kit/bound.ts";
import type { Subject } from "../subject.ts";

/** A provider with one thing wrong, made from one that is right. */
export interface Mutant {
  /** What is wrong. */
  readonly name: string;
  /** The cases of which each must catch it. */
  readonly caughtBy: readonly CaseName[];
  /** The subject with this provider instead of its own. */
  readonly spoil: (subject: Subject) => Subject;
  /** Frees what the mutant left behind. */
  readonly end?: () => void;
}

/** How a mutant differs, at the place where it does. */
export interface Difference {
  readonly caughtBy: readonly CaseName[];
  /** What its session does instead. */
  readonly session?: (session: Session, context: Context) => Partial<Session>;
  /** What its `open` does instead. */
  readonly open?: (provider: Provider) => Provider["open"];
  /** What it is instead, called whenever one is created. */
  readonly provider?: (provider: Provider) => Provider;
  /** What the subject says instead. */
  readonly subject?: (subject: Subject) => Partial<Subject>;
  readonly end?: () => void;
}

/** Makes mutants from a table: what is wrong → how. */
export function mutantsOf(table: Readonly<Record<string, Difference>>): readonly Mutant[] {
  return Object.entries(table).map(([name, difference]) => {
    const { caughtBy, subject: change, end } = difference;
    const spoil = (subject: Subject): Subject => {
      const spoilt = everywhere(subject, (provider) => differing(provider, difference));
      return { ...spoilt, ...change?.(spoilt) };
    };
    return { name, caughtBy, spoil, ...(end && { end }) };
  });
}

function differing(provider: Provider, { open, provider: change, session }: Difference): Provider {
  const changed = change?.(provider) ?? provider;
  return {
    ...changed,
    open:
      open?.(changed) ??
      (async (context) => {
        const opened = bound(await changed.open(context));
        return { ...opened, ...session?.(opened, context) };
      }),
  };
}

/** A subject, each of whose providers is changed. */
function everywhere(subject: Subject, change: (provider: Provider) => Provider): Subject {
  const { provider, broken, breaking, insecure, other, interactive, unlisted, found, obtained } = subject;
  return {
    ...subject,
    provider: () => change(provider()),
    broken: (fault) => change(broken(fault)),
    ...(breaking && {
      breaking: (fault) => {
        const { provider: good, begin } = breaking(fault);
        return { provider: change(good), begin };
      },
    }),
    ...(insecure && { insecure: (address) => change(insecure(address)) }),
    ...(other && { other: () => change(other()) }),
    ...(interactive && { interactive: { ...interactive, provider: () => change(interactive.provider()) } }),
    ...(unlisted && { unlisted: () => change(unlisted()) }),
    ...(found && { found: () => change(found()) }),
    ...(obtained && { obtained: { ...obtained, provider: () => change(obtained.provider()) } }),
  };
}

/** A session whose `read` is another, and whose `readMany` gives what that read gives. */
export function reading(
  change: (read: Session["read"], locator: Locator, context: Context) => Promise<SecretDocument>,
): NonNullable<Difference["session"]> {
  return (session) => ({ read: (locator, context) => change(session.read.bind(session), locator, context) });
}

type ReadMany = NonNullable<Session["readMany"]>;

/** A session whose `readMany` is another; none where there was none. */
export function batching(
  change: (readMany: ReadMany, ...given: Parameters<ReadMany>) => ReturnType<ReadMany>,
): NonNullable<Difference["session"]> {
  return ({ readMany }) => (readMany ? { readMany: (locators, context) => change(readMany, locators, context) } : {});
}

type List = NonNullable<Session["list"]>;

/** A session whose `list` is another; none where there was none. */
export function listing(
  change: (list: List, ...given: Parameters<List>) => ReturnType<List>,
): NonNullable<Difference["session"]> {
  return ({ list }) => (list ? { list: (query, context) => change(list, query, context) } : {});
}

/** Timers that a mutant leaves behind, until it is over. */
export function leaving(): { readonly leave: () => void; readonly end: () => void } {
  const timers: NodeJS.Timeout[] = [];
  return {
    leave: () => void timers.push(setInterval(() => undefined, 60_000)),
    end: () => timers.splice(0).forEach((timer) => clearInterval(timer)),
  };
}
