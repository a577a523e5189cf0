import { SecretError } from "@vaultlink/core/provider";
import { beside, instead } from "./instead.ts";
import { batching, listing, type Mutant, mutantsOf, reading, without } from "./mutant.ts";

const CANARY = "vlcanary-of-the-kit";

/** What its errors hold. */
export const leakingMutants: readonly Mutant[] = mutantsOf({
  "tells what it was asked for": {
    caughtBy: ["errors quote no input"],
    session: reading((read, locator, context) =>
      read(locator, context).catch((thrown: SecretError) => {
        const { path, query } = locator;
        throw new SecretError(thrown.code, `Nothing at ${path} ${JSON.stringify(query)}.`, thrown.details);
      }),
    ),
  },
  "puts a secret into the message of an error": {
    caughtBy: ["no canary in any error"],
    ...instead("not_found", () => new SecretError("not_found", `Nothing for ${CANARY}.`)),
    subject: ({ canaries }) => ({ canaries: [...canaries, CANARY] }),
  },
  "keeps a request in an error, hidden": {
    caughtBy: ["no canary in any error"],
    ...instead("any", (thrown) => {
      const error = new SecretError(thrown.code, "It did not work.", thrown.details);
      return Object.defineProperty(error, "request", { value: { headers: { authorization: CANARY } } });
    }),
    subject: ({ canaries }) => ({ canaries: [...canaries, CANARY] }),
  },
  "keeps a response in what it calls native": {
    caughtBy: ["no canary in any error"],
    ...instead("any", (thrown) => {
      const native = { response: { token: CANARY } } as never;
      return new SecretError(thrown.code, "It did not work.", { ...thrown.details, native });
    }),
    subject: ({ canaries }) => ({ canaries: [...canaries, CANARY] }),
  },
  "leaks in the errors of `list`": {
    caughtBy: ["no canary in any error"],
    session: listing(async function* (list, ...given) {
      try {
        yield* list(...given);
      } catch {
        throw new SecretError("denied", `Not for ${CANARY}.`);
      }
    }),
    subject: ({ canaries }) => ({ canaries: [...canaries, CANARY] }),
  },
  "leaks in the errors of `renew`": {
    caughtBy: ["no canary in any error"],
    session: ({ renew }) =>
      renew
        ? {
            renew: (context) =>
              renew(context).catch(() => {
                throw new SecretError("unauthenticated", `No more for ${CANARY}.`, { hint: "log in" });
              }),
          }
        : without("renew"),
    subject: ({ canaries }) => ({ canaries: [...canaries, CANARY] }),
  },
  "leaks in the errors of `readMany`": {
    caughtBy: ["no canary in any error"],
    session: batching(async (readMany, ...given) => {
      const outcomes = await readMany(...given);
      return outcomes.map((outcome) =>
        outcome.status === "rejected"
          ? { status: "rejected" as const, reason: new SecretError("not_found", `Nothing for ${CANARY}.`) }
          : outcome,
      );
    }),
    subject: ({ canaries }) => ({ canaries: [...canaries, CANARY] }),
  },
  "chains the SDK's error as a cause": {
    caughtBy: ["no `cause`"],
    ...instead("any", beside("cause", new Error("inner"))),
  },
});
