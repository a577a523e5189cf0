import { type Context, SecretError, type Session } from "@vaultlink/core/provider";
import type { AuthOf, CheckedOptions } from "./check-options.ts";
import { createSession } from "./session.ts";
import { createThread } from "./thread.ts";

/**
 * Asks the desktop app, which asks its person; without one there it is not asked at all. What the app then asks of
 * 1Password is its own: nothing here counts it.
 */
export async function openDesktop(
  { account }: AuthOf<"desktop">,
  { requestTimeoutMs, rememberMinutes }: CheckedOptions,
  { prompter, signal }: Context,
): Promise<Session> {
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
  return createSession({ runner, rememberMinutes, identity: `${account} in the desktop app` });
}
