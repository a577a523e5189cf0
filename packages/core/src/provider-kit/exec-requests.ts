import { isSecretError, SecretError } from "../errors/secret-error.ts";

/** What an answer of a program, or the `data` of its error, says of how many requests the session has sent so far. */
export function requestsIn(answer: unknown): number | undefined {
  if (typeof answer !== "object" || answer === null) return undefined;
  const { requests } = answer as { readonly requests?: unknown };
  return typeof requests === "number" && Number.isSafeInteger(requests) && requests >= 0 ? requests : undefined;
}

/** How many requests a session elsewhere has sent, as its latest answers tell it. */
export class SentRequests {
  /** Whether the program counts them at all. */
  readonly isCounted: boolean;
  #count: number;

  /** `hello`: what the program said when it had signed in. */
  constructor(hello: unknown) {
    const told = requestsIn(hello);
    this.isCounted = told !== undefined;
    this.#count = told ?? 0;
  }

  get count(): number {
    return this.#count;
  }

  /** Notes what an answer, or a refusal, tells; answers may overtake each other. */
  async noting(asked: Promise<unknown>): Promise<unknown> {
    try {
      const answer = await asked;
      this.#note(requestsIn(answer));
      return answer;
    } catch (thrown) {
      if (!isSecretError(thrown) || thrown.details.requests === undefined) throw thrown;
      const { requests, ...details } = thrown.details;
      this.#note(requests);
      // An error itself tells a number for an `open` that failed only.
      throw new SecretError(thrown.code, thrown.message, details);
    }
  }

  #note(told: number | undefined): void {
    this.#count = Math.max(this.#count, told ?? 0);
  }
}
