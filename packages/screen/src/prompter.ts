import type { ScreenPrompter } from "./source.ts";
import type { Event } from "./state/state.ts";

/** What a prompter needs of the window. */
export interface Prompting {
  readonly dispatch: (event: Event) => void;
  readonly openPage: (url: string) => Promise<void>;
  /** Gives the sign-in up. */
  readonly signal: AbortSignal;
}

/** The person at the window for one sign-in, and what takes their answers. */
export function createPrompter({ dispatch, openPage, signal }: Prompting): {
  readonly prompter: ScreenPrompter;
  readonly answer: (text: string) => void;
} {
  let waiting: PromiseWithResolvers<string> | undefined;
  const decline = (): void => waiting?.reject(new Error("Signing in was cancelled."));
  signal.addEventListener("abort", decline, { once: true });
  /** What was given up says nothing any more: another sign-in may be shown by now. */
  const tell = (event: Event): void => {
    if (!signal.aborted) dispatch(event);
  };
  return {
    prompter: {
      ask(question) {
        waiting = Promise.withResolvers();
        if (signal.aborted) decline();
        else tell({ kind: "asked", question });
        return waiting.promise;
      },
      async open(url) {
        tell({ kind: "opened", page: url });
        await openPage(url);
      },
      show: (text) => tell({ kind: "told", text }),
    },
    answer: (text) => waiting?.resolve(text),
  };
}
