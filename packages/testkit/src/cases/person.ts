import type { Prompter, Session } from "@vaultlink/core/provider";
import { leaks } from "../canaries.ts";
import { settlesWithin, turns } from "../kit/bounded.ts";
import { calls } from "../kit/calls.ts";
import { lend } from "../kit/context.ts";
import { type Definition, group, type With } from "../kit/definition.ts";
import { answered, check, refused } from "../kit/expect.ts";
import { skipped } from "../kit/skipped.ts";
import { openSession } from "../kit/watch.ts";
import type { Interactive } from "../subject.ts";

const define = group("person");

/** A person may be asked in `open`, and only when core lends one. */
export const personCases: readonly Definition[] = [
  define("without `prompter`: no prompt, no browser, settles", ["interactive"], async ({ interactive }) => {
    const provider = interactive.provider();
    const opening = openSession(provider, lend(provider, interactive.env));
    check(
      await settlesWithin(opening, 5000),
      "Without `prompter`, `open` waits for something. Throw `unauthenticated` with the command that helps.",
    );
    const { details } = await refused(
      opening,
      "unauthenticated",
      "`open` that needs a person, without one",
      "Nobody is there to be asked: fail at once.",
    );
    check(details.hint !== undefined, "`open` that needs a person must say in `hint` what the person can do.");
  }),
  define("with it: secrets asked as `secret`", ["interactive"], async (subject) => {
    const { questions, shown, urls } = await signIn(subject.interactive);
    check(
      leaks([...shown, ...urls].join("\n"), subject.canaries).length === 0,
      "What a person is shown contains a secret.",
    );
    check(questions.length > 0, "`open` asked the person nothing, so this case proves nothing. Mend the subject.");
    for (const { label, secret, answer } of questions) {
      if (leaks(answer, subject.canaries).length > 0) {
        check(secret, "A secret was asked for without `secret: true`: the terminal would show it.");
      }
      check(leaks(label, subject.canaries).length === 0, "A question's label contains a secret.");
      check(
        typeof label === "string" && label.trim() !== "" && !/\p{Cc}/u.test(label),
        "A question has no label of one line: nobody could know what is wanted.",
      );
    }
    const labels = questions.map(({ label }) => label);
    check(new Set(labels).size === labels.length, "The person was asked the same twice in one sign-in.");
    await asksAnew(subject);
    await asksNobodyLater(subject);
  }),
  define("declined = `aborted`", ["interactive"], async ({ interactive }) => {
    const provider = interactive.provider();
    let times = 0;
    const declined = async (): Promise<never> => {
      times++;
      // A provider that asks again for ever must not keep the time limit from passing.
      await turns(1);
      throw new Error("declined");
    };
    const prompter: Prompter = { ask: declined, open: declined, show: () => {} };
    await refused(
      openSession(provider, lend(provider, interactive.env, { prompter })),
      "aborted",
      "`open` whose person declines",
      "A person who says no has cancelled: neither an internal failure nor bad credentials.",
    );
    check(times === 1, `A person who declined was asked ${times} times. No means no.`);
  }),
  define("URLs are https or loopback", ["interactive"], async ({ interactive }) => {
    const { urls } = await signIn(interactive);
    if (urls.length === 0) skipped("Signing in opens no page.");
    for (const url of urls) check(isSafe(url), "A page to sign in on must be https, or http on loopback.");
  }),
  define("nobody is asked while credentials are there", [], async (subject) => {
    const disturbed: string[] = [];
    const disturb = async (what: string): Promise<string> => {
      disturbed.push(what);
      await turns(1);
      throw new Error("declined");
    };
    const prompter: Prompter = {
      ask: () => disturb("asked something"),
      open: async () => void (await disturb("opened a page")),
      show: () => void disturbed.push("showed something"),
    };
    const provider = subject.provider();
    const session = await openSession(provider, lend(provider, subject.env, { prompter })).catch(() => undefined);
    await session?.close?.();
    check(
      disturbed.length === 0,
      `\`open\` ${disturbed.join(", ")} although the credentials in \`context.env\` or the options would do. ` +
        "Ask a person only for what is found nowhere.",
    );
  }),
];

/** A new sign-in asks the person: what is found may be what the vault has refused. */
async function asksAnew({ interactive, env }: With<"interactive">): Promise<void> {
  const provider = interactive.provider();
  let asked = 0;
  const prompter: Prompter = {
    async ask(question) {
      asked++;
      return interactive.answer(question);
    },
    open: async () => void asked++,
    show: () => void asked++,
  };
  // With credentials that are there, and may be the ones that were refused.
  const lent = lend(provider, { ...env, ...interactive.env }, { prompter, reauthenticate: true });
  await closed(openSession(provider, lent));
  check(
    asked > 0,
    "With `reauthenticate`, `open` asked nobody and took the credentials that it found: they may be the ones that the " +
      "vault has refused. Ask the person (`findCredential` does).",
  );
}

/** A `prompter` is lent to `open` only. */
async function asksNobodyLater(subject: With<"interactive">): Promise<void> {
  const { interactive } = subject;
  const provider = interactive.provider();
  let late: string | undefined;
  let during = "";
  const note = (): void => void (during !== "" && (late ??= during));
  const prompter: Prompter = {
    async ask(question) {
      note();
      return interactive.answer(question);
    },
    open: async () => note(),
    show: note,
  };
  const session = await answered(openSession(provider, lend(provider, interactive.env, { prompter })), "`open`");
  for (const [what, call] of calls(subject, session, lend(provider, interactive.env))) {
    during = what;
    await call().catch(() => {});
  }
  during = "renew";
  await session.renew?.(lend(provider, interactive.env)).catch(() => {});
  await session.close?.();
  check(late === undefined, `The person was asked during \`${late ?? ""}\`. A \`prompter\` is lent to \`open\` only.`);
}

async function closed(opening: Promise<Session>): Promise<void> {
  await opening.then(
    (session) => session.close?.(),
    () => {},
  );
}

interface Asked {
  readonly label: string;
  readonly secret: boolean;
  readonly answer: string;
}

interface SignedIn {
  readonly questions: readonly Asked[];
  readonly urls: readonly string[];
  readonly shown: readonly string[];
}

async function signIn(interactive: Interactive): Promise<SignedIn> {
  const questions: Asked[] = [];
  const urls: string[] = [];
  const shown: string[] = [];
  const prompter: Prompter = {
    async ask(question) {
      const answer = interactive.answer(question);
      questions.push({ ...question, answer });
      return answer;
    },
    async open(url) {
      urls.push(url);
    },
    show: (text) => void shown.push(text),
  };
  const provider = interactive.provider();
  const session = await answered(
    openSession(provider, lend(provider, interactive.env, { prompter })),
    "`open` with a person",
  );
  await session.close?.();
  return { questions, urls, shown };
}

function isSafe(text: string): boolean {
  const url = URL.parse(text);
  if (url?.protocol === "https:") return true;
  return url?.protocol === "http:" && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
}
