import { AsyncLocalStorage } from "node:async_hooks";

/**
 * What happens inside one call, however deep and however late. The runner shares the process, prints and reads the
 * environment too: only what a call of ours caused is held against a provider.
 */
export interface Scope<Recorder> {
  /** Runs `call`; everything that it causes sees `recorder`. */
  run<T>(recorder: Recorder, call: () => Promise<T>): Promise<T>;
  /** The recorder of the call that caused what happens now. */
  current(): Recorder | undefined;
}

/** Makes a scope. */
export function scope<Recorder>(): Scope<Recorder> {
  const storage = new AsyncLocalStorage<Recorder>();
  return { run: (recorder, call) => storage.run(recorder, call), current: () => storage.getStore() };
}
