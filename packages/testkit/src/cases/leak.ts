import { isSecretError } from "@vaultlink/core/provider";
import { leaks, scanError } from "../canaries.ts";
import { type Definition, group } from "../kit/definition.ts";
import { withDebug } from "../kit/environment.ts";
import { check } from "../kit/expect.ts";
import { isNetworkFailure } from "../kit/failure.ts";
import { runFresh } from "../kit/fresh.ts";
import { withOutput } from "../kit/output.ts";
import { exercise } from "../kit/exercise.ts";

const define = group("leak");

/** Secrets stay in documents. */
export const leakCases: readonly Definition[] = [
  define("no canary in any error", [], async (subject) => {
    check(subject.canaries.length > 0, "The subject names no `canaries`, so no leak could be found.");
    for (const { during, thrown } of await exercise(subject)) {
      const places = scanError(thrown, subject.canaries);
      check(
        places.length === 0,
        `The error thrown during ${during} carries a canary in: ${places.join(", ")}. ` +
          "Throw a new SecretError with a fixed sentence; pass on nothing of the SDK's error, request or response.",
      );
    }
  }),
  define("no `cause`", [], async (subject) => {
    for (const { during, thrown } of await exercise(subject)) {
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
  define("prints nothing", [], async (subject) => {
    const printed = await withOutput(() => withDebug(() => exercise(subject)));
    const where = [...new Set(printed.map((line) => line.where))];
    const leaky = printed.some(({ text }) => leaks(text, subject.canaries).length > 0);
    check(
      where.length === 0,
      `The provider or its SDK printed to ${where.join(", ")}${leaky ? ", a canary among it" : ""}. ` +
        "Print nothing, also with DEBUG=*: silence the SDK's logger. What the user must know goes into an error.",
    );
  }),
  define("prints nothing in a process of its own, with `DEBUG=*`", ["fresh"], async ({ fresh, canaries }) => {
    const { printed, error } = await runFresh(fresh, "call");
    check(error === undefined, `The module of \`fresh\` could not be used in a process of its own: ${error ?? ""}`);
    check(
      printed === "",
      `The provider or its SDK printed ${printed.length} characters${leaks(printed, canaries).length > 0 ? ", a canary among them," : ""} ` +
        "when loaded with DEBUG=*. Silence the SDK's logger before it can print.",
    );
  }),
  define("no write reaches the vault", ["writes"], async (subject) => {
    const before = subject.writes();
    await exercise(subject);
    const made = subject.writes() - before;
    check(made === 0, `Reading, listing and failing made ${made} writes at the vault. A provider only reads.`);
  }),
];
