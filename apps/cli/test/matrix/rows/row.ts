import type { Backend } from "../backend.ts";
import type { Face, User } from "../user.ts";

/** One sentence of what a user must be able to do, and the scenario that shows it. */
export interface Row {
  readonly id: string;
  readonly title: string;
  readonly run: (at: Scene) => Promise<void>;
  /** Why it does not apply, where it does not. */
  readonly exempt?: (backend: Pick<Backend, "admin" | "lapse">, face: Face["name"]) => string | undefined;
}

/** Where a scenario plays: everything works, and nobody has connected yet. */
export interface Scene {
  readonly backend: Backend;
  readonly user: User;
  /** Starts another user of the same face. */
  readonly another: (options?: { readonly team: boolean }) => Promise<User>;
  readonly face: Face["name"];
}

/** Connects with what the environment holds, and links two documents. */
export async function connected({ backend, user }: Scene): Promise<void> {
  user.setEnvCredentials(backend.envCredentials());
  await expectDone(user.connect());
  await expectDone(user.link("FIRST", backend.first));
  await expectDone(user.link("SECOND", backend.second));
}

/** Throws where something did not work that the scenario only builds on. */
export async function expectDone(work: Promise<{ readonly code?: string; readonly reason?: string }>): Promise<void> {
  const { code, reason } = await work;
  if (code !== undefined) throw new Error(`It failed: ${code}, ${reason ?? "no reason"}.`);
}

/** How many documents the vault was asked for meanwhile. */
export async function readsDuring({ backend }: Scene, work: () => Promise<unknown>): Promise<number> {
  const before = backend.reads();
  await work();
  return backend.reads() - before;
}

export const MINUTE_MS = 60_000;
