import { leaks } from "../canaries.ts";
import { settlesWithin, turns } from "../kit/bounded.ts";
import { type Definition, group } from "../kit/definition.ts";
import { calls } from "../kit/calls.ts";
import { answered, check, refused, same } from "../kit/expect.ts";
import { type Hanging, hanging, loadOnce } from "../kit/hang.ts";
import { handles, left } from "../kit/handles.ts";
import { first, openAndRead, withSubject } from "../kit/session.ts";
import { lend } from "../kit/context.ts";
import { failureOf } from "../kit/failure.ts";
import { openSession } from "../kit/watch.ts";
import type { Fault, Subject } from "../subject.ts";

const define = group("faults");

/** What may happen on the way to a vault. */
export const faultCases: readonly Definition[] = [
  define("hang: settles within 250 ms after the abort", [], async (subject) => {
    const { what, call, session, controller } = await hanging(subject);
    controller.abort();
    const settled = await settlesWithin(call, 250);
    if (settled) await session?.close?.();
    if (settled) await expectAborted(call, what, controller.signal);
    check(
      settled,
      `\`${what}\` was still pending 250 ms after its signal aborted. Hand \`context.signal\` to the SDK or to \`fetch\`; ` +
        "where the SDK cannot be stopped, say so in `skip`: core gives up waiting, and the call stays behind.",
    );
  }),
  define("after an ignored abort `close` still frees everything", [], async (subject) => {
    // E.g. a worker that the SDK keeps for good.
    await loadOnce(subject);
    const before = handles();
    // Several times: a timer of somebody else's that ends meanwhile must not hide what is left.
    const hung = [await hanging(subject), await hanging(subject), await hanging(subject)];
    for (const { what, call, session, controller } of hung) {
      // An abort that is ignored looks to the provider like none: a read is only given up here, not aborted.
      if (session === undefined) controller.abort();
      else {
        check(
          await settlesWithin(Promise.resolve(session.close?.()), CLOSES),
          "`close` waited for a `read` that hangs. End the connections: what is pending then fails by itself.",
        );
        check(
          await settlesWithin(call, CLOSES),
          `\`${what}\` that hung was still pending after \`close\`. End the connections: what is pending then fails by itself.`,
        );
      }
    }
    const more = await left(before);
    for (const { controller } of hung) controller.abort();
    const [{ what, session }] = hung as [Hanging];
    check(
      more.length === 0,
      `After a hanging \`${what}\` was given up${session ? " and the session closed" : ""}, ${more.join(", ")} kept the process ` +
        "alive. `close` ends sockets, timers and workers also while a call is pending; a given-up `open` leaves none behind.",
    );
  }),
  define("a call that is cancelled already is not made", [], async (subject) => {
    const { locator } = first(subject);
    const controller = new AbortController();
    controller.abort();
    const signal = controller.signal;
    await cancelledOpen(subject, signal);
    await withSubject(subject, async ({ session, context }) => {
      // Warm: what is set up once does not count.
      await answered(session.read(locator, context()), "`read` of `existing[0]`");
      for (const [what, call] of calls(subject, session, context({ signal }))) {
        const before = subject.requests?.();
        await refused(call(), "aborted", `\`${what}\` with a signal that has aborted`, HAND_ON, signal);
        check(subject.requests?.() === before, `\`${what}\` with a signal that has aborted sent a request. ${HAND_ON}`);
      }
    });
  }),
  define("cancelling one read leaves the others alone", [], (subject) =>
    withSubject(subject, async ({ session, context }) => {
      const { locator, value } = first(subject);
      const controller = new AbortController();
      const cancelled = session.read(locator, context({ signal: controller.signal })).catch(() => {});
      const others = [session.read(locator, context()), session.read(locator, context())];
      // One that fails ends the case; the other must not fail unheard.
      for (const other of others) other.catch(() => {});
      controller.abort();
      for (const other of others) {
        const document = await answered(other, "A `read` beside one that was cancelled");
        check(same(document.value, value), "A `read` beside one that was cancelled gave another value.");
      }
      await cancelled;
      await answered(session.read(locator, context()), "`read` after another one was cancelled");
      const late = new AbortController();
      await answered(session.read(locator, context({ signal: late.signal })), "`read`");
      late.abort();
      await turns();
      const after = await answered(
        session.read(locator, context()),
        "`read` after the signal of one that was answered aborted: what has its answer is over; it",
      );
      check(same(after.value, value), "`read` after the signal of one that was answered aborted gave another value.");
    }),
  ),
  define("dropped connection, HTML with status 200, empty 500: `unavailable`", [], async (subject) => {
    for (const fault of ["drop", "html", "empty-500"] satisfies Fault[]) {
      await refused(
        openAndRead(subject.broken(fault), subject.env, first(subject).locator),
        "unavailable",
        `Asking the vault of \`broken("${fault}")\``,
        "What did not come from the vault, or is no answer, says nothing about the secret. `parseJson` and `codeForStatus` help.",
      );
    }
  }),
  define("redirect to another origin: no credential arrives there", ["witness", "redirected"], async (subject) => {
    const seen = subject.witness().length;
    await openAndRead(subject.broken("redirect"), subject.env, first(subject).locator).catch(() => {});
    check(
      subject.redirected(),
      'The vault of `broken("redirect")` was never asked, so this case proves nothing. Mend the subject.',
    );
    expectNobodyFollowed(subject.witness().slice(seen), subject.canaries);
  }),
];

/** A redirect to another origin is not followed at all: what answers there is not the vault. */
export function expectNobodyFollowed(arrived: readonly string[], canaries: readonly string[]): void {
  const how = 'Do not follow redirects (`redirect: "manual"`, `maxRedirects: 0`): they are `unavailable`.';
  check(
    arrived.every((text) => leaks(text, canaries).length === 0),
    `A credential followed a redirect to another origin. ${how}`,
  );
  check(arrived.length === 0, `A redirect to another origin was followed, without credentials. ${how}`);
}

/** What is aborted under way fails as that, however it fails. */
export async function expectAborted(call: Promise<unknown>, what: string, signal: AbortSignal): Promise<void> {
  await refused(
    call,
    "aborted",
    `\`${what}\` whose signal aborted while the vault did not answer`,
    "Nobody waits any more: neither an answer nor a failure of the vault.",
    signal,
  );
}

/** How long `close` may take, in ms: a bound for a busy machine. */
const CLOSES = 10_000;

/** An `open` that nobody waits for asks the vault nothing. */
async function cancelledOpen(subject: Subject, signal: AbortSignal): Promise<void> {
  const provider = subject.provider();
  const before = subject.requests?.();
  const code = await openSession(provider, lend(provider, subject.env, { signal })).then(
    async (session) => {
      await session.close?.();
      return undefined;
    },
    (thrown: unknown) => failureOf(thrown, signal).code,
  );
  check(
    (code === undefined || code === "aborted") && subject.requests?.() === before,
    `\`open\` with a signal that has aborted ${code === undefined || code === "aborted" ? "sent a request" : `failed with \`${code}\` instead of \`aborted\``}. ${HAND_ON}`,
  );
}

const HAND_ON = "Hand `context.signal` to the SDK or to `fetch`, or ask it (`throwIfAborted`) before each request.";
