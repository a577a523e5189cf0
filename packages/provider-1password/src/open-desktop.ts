import { type Context, SecretError, type Session } from "@vaultlink/core/provider";
import { SDK_COSTS } from "./costs.ts";
import { createSession } from "./session.ts";
import { createThread } from "./thread.ts";

export interface DesktopSettings {
  readonly account: string;
  readonly requestTimeoutMs: number;
  readonly rememberMinutes: number;
}

/**
 * Asks the desktop app, which asks its person; without one there it is not asked at all. What the app then asks of
 * 1Password is its own: nothing here counts it.
 */
export async function openDesktop(settings: DesktopSettings, { prompter, signal }: Context): Promise<Session> {
  const { account, requestTimeoutMs, rememberMinutes } = settings;
  if (prompter === undefined) {
    throw new SecretError("unauthenticated", "Nobody is here to approve what the 1Password app asks.", {
      hint: "vaultlink reauth <connection>",
    });
  }
  prompter.show("Approve the request in the 1Password app.");
  const { requests: _, ...runner } = createThread({ credential: { by: "desktop", account }, requestTimeoutMs }, {});
  try {
    await runner.start(signal);
  } catch (thrown) {
    await runner.close();
    throw thrown;
  }
  return createSession({ runner, rememberMinutes, costs: SDK_COSTS, identity: `${account} in the desktop app` });
}
