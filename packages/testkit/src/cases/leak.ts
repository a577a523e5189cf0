import { isSecretError } from "@vaultlink/core/provider";
import { leaks, scanError } from "../canaries.ts";
import { asking } from "../kit/calls.ts";
import { credentialParts } from "../kit/credential-parts.ts";
import { type Definition, group } from "../kit/definition.ts";
import { check } from "../kit/expect.ts";
import { isNetworkFailure } from "../kit/failure.ts";
import { runFresh } from "../kit/fresh.ts";
import { first, type Opened, withSession, withSubject } from "../kit/session.ts";
import { isLoopback } from "../kit/hosts.ts";
import { survey } from "../kit/survey.ts";

const define = group("leak");
const MARK = "vlkit-of-the-kit-7f3a";

/** Fails the case for an error that repeats the first of two locators. */
async function quotesNothing({ session, context }: Opened, locators: Parameters<typeof asking>[1]): Promise<void> {
  for (const [what, call] of asking(session, locators, context())) {
    await call().catch((thrown: unknown) => {
      const places = scanError(thrown, [MARK]).filter((place) => place !== "stack");
      check(
        places.length === 0,
        `An error of \`${what}\` repeats what was asked for in: ${places.join(", ")}. People paste secrets where a path ` +
          "belongs: a message is a fixed sentence, and core adds the name that the user knows.",
      );
    });
  }
}

/** Secrets stay in documents. */
export const leakCases: readonly Definition[] = [
  define("no canary in any error", [], async (subject) => {
    check(subject.canaries.length > 0, "The subject names no `canaries`, so no leak could be found.");
    for (const { during, thrown } of (await survey(subject)).thrown) {
      const places = scanError(thrown, [...subject.canaries, ...credentialParts(subject)]);
      check(
        places.length === 0,
        `The error thrown during ${during} carries a canary, or how a credential begins or ends, in: ${places.join(", ")}. ` +
          "Throw a new SecretError with a fixed sentence; pass on nothing of the SDK's error, request or response.",
      );
    }
  }),
  define("no `cause`", [], async (subject) => {
    for (const { during, thrown } of (await survey(subject)).thrown) {
      // Core drops a foreign error whole; one that it does not even recognise should not have got out.
      const foreign = !isSecretError(thrown) && isNetworkFailure(thrown);
      const cause: unknown =
        typeof thrown === "object" && thrown !== null && "cause" in thrown ? thrown.cause : undefined;
      check(
        foreign || cause === undefined,
        `The error thrown during ${during} has a \`cause\`. An SDK's error holds its request, headers and token: drop it.`,
      );
    }
  }),
  define("errors quote no input", [], (subject) =>
    withSubject(subject, async ({ session, context }) => {
      const { locator } = first(subject);
      const path = locator.path.replace(/[^/]+$/, MARK);
      const asked = [
        { path, query: {} },
        { ...locator, query: { ...locator.query, [MARK]: "1" } },
        { ...locator, query: { ...locator.query, version: MARK } },
      ];
      for (const odd of asked) await quotesNothing({ session, context }, [odd, locator]);
      const { unlisted } = subject;
      if (unlisted === undefined) return;
      await withSession(unlisted(), subject.env, (opened) => quotesNothing(opened, [{ path, query: {} }, locator]));
    }),
  ),
  define("no secret in a command line", [], async (subject) => {
    const { programs } = await survey(subject);
    check(
      leaks(programs.map(({ line }) => line).join("\n"), subject.canaries).length === 0,
      "A program was started with a secret among its arguments, which every user of the machine can see.",
    );
  }),
  define("no secret in an address", ["addresses"], async (subject) => {
    await survey(subject);
    check(
      subject.addresses().every((address) => leaks(address, subject.canaries).length === 0),
      "An address that was asked holds a secret: servers and proxies log addresses. Send it in a header or in the body.",
    );
  }),
  define("no secret in a temporary file", [], async (subject) => {
    const { files } = await survey(subject);
    check(
      files.every((text) => leaks(text, subject.canaries).length === 0),
      "A secret was written into a file. Secrets are kept in memory only.",
    );
  }),
  define("prints nothing", [], async (subject) => {
    const { printed, programs } = await survey(subject);
    const byProgram = programs.some(({ prints }) => prints) ? ["where its programs print"] : [];
    const where = [...new Set([...printed.map((line) => line.where), ...byProgram])];
    const leaky = printed.some(({ text }) => leaks(text, subject.canaries).length > 0);
    check(
      where.length === 0,
      `The provider or its SDK printed to ${where.join(", ")}${leaky ? ", a canary among it" : ""}. ` +
        "Print nothing, also with DEBUG=*: silence the SDK's logger, and give programs no stream of yours. What the user must " +
        "know goes into an error.",
    );
  }),
  define("prints nothing in a process of its own, with `DEBUG=*`", ["fresh"], async ({ fresh, canaries }) => {
    const { printed, error } = await runFresh(fresh, "call", canaries);
    check(error === undefined, `The module of \`fresh\` could not be used in a process of its own: ${error ?? ""}`);
    check(
      printed === "",
      `The provider or its SDK printed ${printed.length} characters${leaks(printed, canaries).length > 0 ? ", a canary among them," : ""} ` +
        "when loaded with DEBUG=*. Silence the SDK's logger before it can print.",
    );
  }),
  define("asks nobody but the vault", [], async (subject) => {
    const { hosts } = await survey(subject);
    const known = subject.hosts ?? [];
    const others = hosts.filter(
      (host) => !isLoopback(host) && !known.some((own) => host === own || host.endsWith(`.${own}`)),
    );
    check(
      others.length === 0,
      `The provider or its SDK asked ${others.length} machines that are not the vault's. It sends no reports and looks for ` +
        "no updates. Where the vault is on another machine, the subject's `hosts` names it.",
    );
  }),
  define("no write reaches the vault", ["writes"], async (subject) => {
    const { writes: made = 0 } = await survey(subject);
    check(made === 0, `Reading, listing and failing made ${made} writes at the vault. A provider only reads.`);
  }),
];
