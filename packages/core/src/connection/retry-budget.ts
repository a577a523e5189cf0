const BUCKET = 10;
const PER_SUCCESS = 0.1;

/** Retries a connection may still spend: ten, and a tenth more with each success, so that an outage adds 10 % load at most. */
export class RetryBudget {
  #left = BUCKET;

  /** Takes one retry, if there is one. */
  spend(): boolean {
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }

  succeeded(): void {
    this.#left = Math.min(BUCKET, this.#left + PER_SUCCESS);
  }
}
