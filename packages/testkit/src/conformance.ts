import { AssertionError } from "node:assert";
import { inspect } from "node:util";
import type { Clock } from "@vaultlink/core";
import { systemClock } from "@vaultlink/core/internal";
import { leaks } from "./canaries.ts";
import type { Case, ConformanceOptions, Outcome } from "./case.ts";
import { definitions } from "./cases/index.ts";
import { settlesWithin } from "./kit/bounded.ts";
import { type CurrentCase, runCase } from "./kit/current-case.ts";
import type { Definition } from "./kit/definition.ts";
import { withSubject } from "./kit/session.ts";
import { Skipped, skipped } from "./kit/skipped.ts";
import type { Subject } from "./subject.ts";

const TIME_LIMIT_MS = 60_000;
/** How long a case may take to end once its time is over and its signals have aborted, in ms: the next one begins after it. */
const END_MS = 1000;

/** What a subject may leave out without a reason of its own: the case is skipped, and the data sheet says so. */
const WITHOUT: Partial<Readonly<Record<keyof Subject, string>>> = {
  redirected: "The subject does not say whether its vault has redirected (`redirected`): nothing would be shown.",
  put: "The subject cannot put a document of a given name and value (`put`).",
  addresses: "The subject does not tell which addresses were asked (`addresses`).",
  breaking: "The subject has no vault that begins to misbehave after `open` (`breaking`).",
};

/**
 * The cases a provider must pass, as data: give each `run` to any test runner, or use `toVitest`, `toNodeTest`.
 * Throws an `AssertionError` for a skip with an empty reason, or of a case that does not exist.
 */
export function conformance(subject: Subject, options: ConformanceOptions = {}): Case[] {
  const { skip = {}, timeLimitMs = TIME_LIMIT_MS, clock = systemClock() } = options;
  const names = new Set<string>(definitions.map(({ name }) => name));
  for (const [name, reason] of Object.entries(skip)) {
    if (!names.has(name)) throw refusal(`There is no case "${name}" to skip.`);
    if (typeof reason !== "string" || reason.trim() === "") {
      throw refusal(`Skipping "${name}" needs a reason that a user of the provider can read.`);
    }
  }
  return definitions.map((definition) => {
    const { group, name } = definition;
    const reason = Object.hasOwn(skip, name) ? skip[name] : undefined;
    return {
      ...{ group, name, timeLimitMs },
      ...(reason !== undefined && { skip: reason }),
      run: async (runner) => {
        const outcome = await withinTime(definition, subject, timeLimitMs, clock);
        if (outcome.skipped !== undefined) await runner?.skip?.(outcome.skipped);
        return outcome;
      },
    };
  });
}

/** Runs a case; when its time is over, aborts what it lent, lets it end, and says what it was waiting for. */
async function withinTime(
  definition: Definition,
  subject: Subject,
  ms: number,
  clock: Pick<Clock, "after">,
): Promise<Outcome> {
  const controller = new AbortController();
  const current: CurrentCase = { signal: controller.signal, pending: new Map(), undeclared: new Set() };
  let cancelTimer = (): void => {};
  const late = new Promise<AssertionError>((resolve) => {
    cancelTimer = clock.after(
      ms,
      () => {
        const waiting = [...new Set(current.pending.values())];
        const what = waiting.length === 0 ? "what the subject does" : waiting.join(", ");
        resolve(
          refusal(
            `"${definition.name}" was not over after ${ms} ms: ${what} has not settled. Where the vault is only slow, raise \`timeLimitMs\`.`,
          ),
        );
        controller.abort();
      },
      true,
    );
  });
  try {
    const running = runCase(current, () => run(definition, subject));
    const first = await Promise.race([running, late]);
    if (!(first instanceof AssertionError)) return first;
    await settlesWithin(running, END_MS);
    throw first;
  } finally {
    cancelTimer();
  }
}

async function run(definition: Definition, subject: Subject): Promise<Outcome> {
  try {
    await applies(definition, subject);
    await definition.run(subject);
    return {};
  } catch (thrown) {
    if (thrown instanceof Skipped) return { skipped: thrown.message };
    // A failure is printed by the runner: it must not itself be the leak.
    const shown = inspect(thrown, { showHidden: true, depth: 8 });
    if (leaks(shown, subject.canaries).length === 0) throw thrown;
    throw refusal(`"${definition.name}" failed; what was thrown is withheld, because it contains a canary.`);
  }
}

/** Whether there is anything to show: what the session does not offer needs no subject either. */
async function applies({ name, needs, offers }: Definition, subject: Subject): Promise<void> {
  const absent = needs.filter((member) => subject[member] === undefined);
  if (absent.length === 0) return;
  if (offers.length > 0) {
    const offered = await withSubject(subject, async ({ session }) =>
      offers.filter((offer) => session[offer] !== undefined),
    );
    const lacking = offers.filter((offer) => !offered.includes(offer));
    if (lacking.length > 0) skipped(`The session offers no ${lacking.map((offer) => `\`${offer}\``).join(", no ")}.`);
  }
  const serious = absent.filter((member) => WITHOUT[member] === undefined);
  if (serious.length === 0) skipped(absent.map((member) => WITHOUT[member]).join(" "));
  throw refusal(
    `The subject lacks ${serious.map((member) => `\`${member}\``).join(" and ")}, without which this case cannot run. ` +
      `Add it, or say in \`skip\` why "${name}" does not apply.`,
  );
}

function refusal(message: string): AssertionError {
  return new AssertionError({ message, stackStartFn: conformance });
}
