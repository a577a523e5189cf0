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
  /** What its session does instead; what `without` gives for one that lacks what would be wrong. */
  readonly session?: (session: Session, context: Context, subject: Subject) => Partial<Session>;
  /** What its `open` does instead. */
  readonly open?: (provider: Provider) => Provider["open"];
  /** What it is instead, called whenever one is created. */
  readonly provider?: (provider: Provider) => Provider;
  /** What the subject says instead. */
  readonly subject?: (subject: Subject) => Partial<Subject>;
  /** Why a provider of this subject is nothing else with that difference, in a sentence. */
  readonly lacks?: (subject: Subject) => string | undefined;
  readonly end?: () => void;
}

/** Sentences that say why a subject's provider has not been changed, by the subject that was to be spoilt. */
const UNCHANGED = new WeakMap<Subject, () => string | undefined>();

/** Why the provider of a subject that was spoilt is no other than the good one; `undefined` if it is. */
export const unchangedFor = (spoilt: Subject): string | undefined => UNCHANGED.get(spoilt)?.();

const LACKING = new WeakMap<object, string>();

/** A session that stays as it is, for want of a member that could be wrong. */
export function without(member: keyof Session): Partial<Session> {
  const nothing = {};
  LACKING.set(nothing, `Your sessions offer no \`${member}\`.`);
  return nothing;
}

/** A session that is wrong about versions. `qualifier` is what this vault calls one, as `pinned` has it. */
export function aboutVersions(
  make: (qualifier: string) => NonNullable<Difference["session"]>,
): NonNullable<Difference["session"]> {
  return (session, context, subject) => {
    const [qualifier = "version"] = Object.keys(subject.pinned?.locator.query ?? {});
    return make(qualifier)(session, context, subject);
  };
}

/** Makes mutants from a table: what is wrong → how. */
export function mutantsOf(table: Readonly<Record<string, Difference>>): readonly Mutant[] {
  return Object.entries(table).map(([name, difference]) => {
    const { caughtBy, subject: change, lacks, end } = difference;
    const spoil = (subject: Subject): Subject => {
      let isChanged = difference.session === undefined;
      let lacking: string | undefined;
      const session: Different["session"] = (good, context) => {
        const other = difference.session?.(good, context, subject) ?? {};
        lacking = LACKING.get(other);
        isChanged ||= lacking === undefined;
        return other;
      };
      const made = everywhere(subject, (provider) => differing(provider, { ...difference, session }));
      const spoilt = { ...made, ...change?.(made) };
      UNCHANGED.set(spoilt, () => lacks?.(subject) ?? (isChanged ? undefined : lacking));
      return spoilt;
    };
    return { name, caughtBy, spoil, ...(end && { end }) };
  });
}

interface Different extends Pick<Difference, "open" | "provider"> {
  readonly session: (session: Session, context: Context) => Partial<Session>;
}

function differing(provider: Provider, { open, provider: change, session }: Different): Provider {
  const changed = change?.(provider) ?? provider;
  return {
    ...changed,
    open:
      open?.(changed) ??
      (async (context) => {
        const opened = bound(await changed.open(context));
        return { ...opened, ...session(opened, context) };
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
        const { provider: good, ...when } = breaking(fault);
        return { provider: change(good), ...when };
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
  return ({ readMany }) =>
    readMany ? { readMany: (locators, context) => change(readMany, locators, context) } : without("readMany");
}

type List = NonNullable<Session["list"]>;

/** A session whose `list` is another; none where there was none. */
export function listing(
  change: (list: List, ...given: Parameters<List>) => ReturnType<List>,
): NonNullable<Difference["session"]> {
  return ({ list }) => (list ? { list: (query, context) => change(list, query, context) } : without("list"));
}

/** Timers that a mutant leaves behind, until it is over. */
export function leaving(): { readonly leave: () => void; readonly end: () => void } {
  const timers: NodeJS.Timeout[] = [];
  return {
    leave: () => void timers.push(setInterval(() => undefined, 60_000)),
    end: () => timers.splice(0).forEach((timer) => clearInterval(timer)),
  };
}
