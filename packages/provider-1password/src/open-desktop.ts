import type { Context, Session } from "@vaultlink/core";
import { SDK_COSTS } from "./costs.ts";
import { createMemo } from "./memo.ts";
import { createSession } from "./session.ts";
import { createThread } from "./thread.ts";

export interface DesktopSettings {
  readonly account: string;
  readonly requestTimeoutMs: number;
  readonly rememberMinutes: number;
}

/** Asks the desktop app, which asks its person. What it then asks of 1Password is the app's: nothing here counts it. */
export async function openDesktop(settings: DesktopSettings, { signal }: Context): Promise<Session> {
  const { account, requestTimeoutMs, rememberMinutes } = settings;
  const { requests: _, ...line } = createThread({ credential: { by: "desktop", account }, requestTimeoutMs }, {});
  try {
    await line.start(signal);
  } catch (thrown) {
    await line.close();
    throw thrown;
  }
  const memo = createMemo(rememberMinutes, () => performance.now());
  return createSession({ line, memo, costs: SDK_COSTS, identity: `${account} in the desktop app` });
}
