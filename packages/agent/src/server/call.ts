import { SecretError } from "@vaultlink/core";
import type { Prompt } from "../protocol/call.ts";
import type { Message } from "../protocol/frame.ts";

interface Waiting {
  resolve(answer: string): void;
  reject(error: SecretError): void;
}

/** One request of a client, while it is served. */
export class Call {
  readonly #tell: (message: object) => void;
  readonly #controller = new AbortController();
  readonly #waiting = new Map<number, Waiting>();
  #lastPrompt = 0;
  /** It goes on until the client ends it: nobody waits for an answer. */
  isSubscription = false;

  /** `tell` sends something about this request to the client. */
  constructor(tell: (message: object) => void) {
    this.#tell = tell;
  }

  /** Aborts when the client cancels or is gone. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Sends something that is no answer, e.g. an event. */
  tell(message: object): void {
    if (!this.signal.aborted) this.#tell(message);
  }

  /** Has the client ask its person, and waits for the answer. Rejects with `aborted` if they decline or are gone. */
  prompt(prompt: Prompt): Promise<string> {
    return new Promise((resolve, reject) => {
      if (this.signal.aborted) return reject(declined());
      const number = ++this.#lastPrompt;
      this.#waiting.set(number, { resolve, reject });
      this.#tell({ prompt: number, ...prompt });
    });
  }

  /** Takes what the client says about this request: whether it was understood. */
  receive({ cancel, prompt, answer, declined: wasDeclined }: Message): boolean {
    if (cancel === true) {
      this.cancel();
      return true;
    }
    const waiting = typeof prompt === "number" ? this.#waiting.get(prompt) : undefined;
    if (waiting === undefined || typeof prompt !== "number") return false;
    this.#waiting.delete(prompt);
    if (typeof answer === "string" && wasDeclined !== true) waiting.resolve(answer);
    else waiting.reject(declined());
    return true;
  }

  cancel(): void {
    this.#controller.abort();
    for (const waiting of this.#waiting.values()) waiting.reject(declined());
    this.#waiting.clear();
  }
}

const declined = (): SecretError => new SecretError("aborted", "Signing in was cancelled.");
