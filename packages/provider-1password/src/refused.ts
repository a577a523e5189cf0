import type { Failure } from "./errors.ts";

/** A failure on its way out of our own code. */
export class Refused extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}
