import type { Prompter } from "@vaultlink/core/provider";
import { leaks } from "../canaries.ts";
import { settlesWithin } from "../kit/bounded.ts";
import { lend } from "../kit/context.ts";
import { type Definition, group } from "../kit/definition.ts";
import { answered, check, refused } from "../kit/expect.ts";
import type { Interactive } from "../subject.ts";

const define = group("person");

/** A person may be asked in `open`, and only when core lends one. */
export const personCases: readonly Definition[] = [
  define("without `prompter`: no prompt, no browser, settles", ["interactive"], async ({ interactive }) => {
    const provider = interactive.provider();
    const opening = provider.open(lend(provider, interactive.env));
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
    const { questions } = await signIn(subject.interactive);
    check(questions.length > 0, "`open` asked the person nothing, so this case proves nothing. Mend the subject.");
    for (const { label, secret, answer } of questions) {
      if (leaks(answer, subject.canaries).length > 0) {
        check(secret, "A secret was asked for without `secret: true`: the terminal would show it.");
      }
      check(leaks(label, subject.canaries).length === 0, "A question's label contains a secret.");
    }
  }),
  define("declined = `aborted`", ["interactive"], async ({ interactive }) => {
    const provider = interactive.provider();
    const declined = (): Promise<never> => Promise.reject(new Error("declined"));
    const prompter: Prompter = { ask: declined, open: declined, show: () => {} };
    await refused(
      provider.open(lend(provider, interactive.env, { prompter })),
      "aborted",
      "`open` whose person declines",
      "A person who says no has cancelled: neither an internal failure nor bad credentials.",
    );
  }),
  define("URLs are https or loopback", ["interactive"], async ({ interactive }) => {
    const { urls } = await signIn(interactive);
    check(urls.length > 0, "This provider opens no page. Say so in `skip`.");
    for (const url of urls) check(isSafe(url), "A page to sign in on must be https, or http on loopback.");
  }),
];

interface Asked {
  readonly label: string;
  readonly secret: boolean;
  readonly answer: string;
}

async function signIn(interactive: Interactive): Promise<{ questions: readonly Asked[]; urls: readonly string[] }> {
  const questions: Asked[] = [];
  const urls: string[] = [];
  const prompter: Prompter = {
    async ask(question) {
      const answer = interactive.answer(question);
      questions.push({ ...question, answer });
      return answer;
    },
    async open(url) {
      urls.push(url);
    },
    show: () => {},
  };
  const provider = interactive.provider();
  const session = await answered(provider.open(lend(provider, interactive.env, { prompter })), "`open` with a person");
  await session.close?.();
  return { questions, urls };
}

function isSafe(text: string): boolean {
  const url = URL.parse(text);
  if (url?.protocol === "https:") return true;
  return url?.protocol === "http:" && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
}
