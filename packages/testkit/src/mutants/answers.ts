import { type ErrorCode, isSecretError, SecretError } from "@vaultlink/core/provider";
import type { LaterFault } from "../subject.ts";
import { as, instead } from "./instead.ts";
import { type Difference, type Mutant, mutantsOf, without } from "./mutant.ts";

const CANARY = "vlcanary-of-the-kit";
const FAULT = "a fault after `open` is `unavailable`";
const REDIRECT = "a redirect after `open`: no credential arrives there";
let sent: string[] = [];

/** What a vault with one fault gives is taken for something else. */
const taking = (fault: LaterFault, other: (thrown: SecretError) => unknown): Difference => ({
  caughtBy: [FAULT],
  subject: ({ breaking }) =>
    breaking === undefined
      ? {}
      : {
          breaking: (asked) => {
            const { provider, ...when } = breaking(asked);
            const open = asked === fault ? instead("any", other).open?.(provider) : undefined;
            return { ...when, provider: open === undefined ? provider : { ...provider, open } };
          },
        },
});
const taken = (fault: LaterFault, code: ErrorCode): Difference => taking(fault, as(code));

/** A session one member of which follows a redirect with the credentials. */
const following = (member: "readMany" | "renew" | "release" | "revoke"): Difference => ({
  caughtBy: [REDIRECT],
  session: (session) => {
    const call = session[member] as ((...given: unknown[]) => Promise<unknown>) | undefined;
    if (call === undefined) return without(member);
    return {
      [member]: (...given: unknown[]) => {
        sent.push(`POST / ${CANARY}`);
        return call(...given);
      },
    };
  },
  subject: ({ canaries }) => ({ witness: () => sent, canaries: [...canaries, CANARY] }),
  end: () => (sent = []),
});

/** What it sends again when it failed. */
const repeating = (member: "renew" | "revoke"): Difference => ({
  caughtBy: ["a failing call is not sent again"],
  session: (session) => {
    const call = session[member] as ((...given: unknown[]) => Promise<unknown>) | undefined;
    if (call === undefined) return without(member);
    return {
      [member]: (...given: unknown[]) =>
        call(...given).catch((thrown: unknown) => {
          if (isSecretError(thrown) && thrown.code === "unavailable") sent.push("again", "and again");
          throw thrown;
        }),
    };
  },
  subject: ({ requests }) => (requests ? { requests: () => requests() + sent.length } : {}),
  end: () => (sent = []),
});

/** How long a vault asks to wait, as something else than ms from now. */
const waiting = (retryAfterMs: () => number): ((thrown: SecretError) => unknown) =>
  function later({ code }) {
    return new SecretError(code, "The vault asks to slow down.", { retryAfterMs: retryAfterMs() });
  };

/** What it makes of an answer that is not the vault's, or not the one that was asked for. */
export const answerMutants: readonly Mutant[] = mutantsOf({
  "takes 503 for a missing secret": taken("error-503", "not_found"),
  "takes 503 for a refusal": taken("error-503", "denied"),
  "takes 503 with a page for a missing secret": taken("html-503", "not_found"),
  "takes 503 with a page for a refusal": taken("html-503", "denied"),
  "takes 503 with a page for bad credentials": taken("html-503", "unauthenticated"),
  "takes a proxy's page for a missing secret": taken("html-404", "not_found"),
  "takes a firewall's page for a refusal": taken("html-403", "denied"),
  "takes 400 for a refusal": taken("error-400", "denied"),
  "takes 400 for a missing secret": taken("error-400", "not_found"),
  "takes 400 for a fault of the vault": taken("error-400", "unavailable"),
  "takes another service for a vault without the secret": taken("other-json", "not_found"),
  "takes half an answer for a secret that cannot be given": taken("cut", "unusable"),
  "takes a page with status 200 for a missing secret": taken("html", "not_found"),
  "takes a redirect for a missing secret": taken("redirect", "not_found"),
  "takes a date to wait for as ms to wait": taking(
    "throttle",
    waiting(() => Date.now() + 60_000),
  ),
  "takes a date to wait for as no time": taking(
    "throttle",
    waiting(() => 0),
  ),
  "invents how long to wait": taking(
    "throttle-silent",
    waiting(() => 0),
  ),
  "takes a busy vault that says no time for a fault": taken("throttle-silent", "unavailable"),
  "follows redirects of a batch": following("readMany"),
  "follows redirects of a renewal": following("renew"),
  "follows redirects of a release": following("release"),
  "follows redirects of a revocation": following("revoke"),
  "sends a renewal again that failed": repeating("renew"),
  "sends a revocation again that failed": repeating("revoke"),
});
