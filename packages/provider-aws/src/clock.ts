/** How far AWS's clock is ahead of this machine's, in ms, as its answers have shown: learnt once for a session's clients. */
export interface AwsClock {
  offsetMs: number;
}

/** Has a client of the SDK, which corrects the dates of its signatures, keep the correction in `clock`. */
export function shareClock(config: object, clock: AwsClock): void {
  Object.defineProperty(config, "systemClockOffset", {
    get: () => clock.offsetMs,
    set: (offset: number) => {
      clock.offsetMs = offset;
    },
  });
}

/** Whether a failed call has just corrected the clock, so that the same call may succeed now. */
export function hasCorrected(thrown: unknown): boolean {
  const { $metadata, name } = (thrown ?? {}) as {
    readonly $metadata?: { readonly clockSkewCorrected?: boolean };
    readonly name?: string;
  };
  // The SDK marks whatever failed while the clocks differ.
  return $metadata?.clockSkewCorrected === true && /^(?:InvalidSignature|SignatureDoesNot|Request)/.test(name ?? "");
}
