import { type Prompter, isSecretError, SecretError } from "@vaultlink/core/provider";
import type { Callback } from "./callback.ts";

/** The person a browser sign-in needs. Throws `unauthenticated` if nobody waits. */
export function expectPerson(prompter: Prompter | undefined): Prompter {
  if (prompter !== undefined) return prompter;
  throw new SecretError("unauthenticated", "Signing in with OIDC needs a person and a browser.", {
    hint: "vaultlink reauth",
  });
}

/** Sends the person to a page, and gives the code they come back with. The listener is closed in any case. */
export async function askBrowser(
  prompter: Prompter,
  { page, state }: { readonly page: string; readonly state: string },
  callback: Callback,
): Promise<string> {
  try {
    const coming = callback.wait(state);
    prompter.show(
      `The browser comes back to port ${callback.port} of this machine; over SSH, forward it: ssh -L ${callback.port}:127.0.0.1:${callback.port} …`,
    );
    // Some person's `open` lasts as long as the browser does.
    const opening = openPage(prompter, page);
    const { code } = await Promise.race([coming, opening.then(() => coming)]);
    return code;
  } finally {
    callback.close();
  }
}

async function openPage(prompter: Prompter, page: string): Promise<void> {
  try {
    await prompter.open(page);
  } catch (thrown) {
    if (isSecretError(thrown)) throw thrown;
    throw new SecretError("aborted", "Signing in was cancelled.");
  }
}

/** Whether a person may be sent to a page: nobody on the way can read or change it. */
export function isSafePage(page: URL): boolean {
  return (
    page.protocol === "https:" ||
    (page.protocol === "http:" && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(page.hostname))
  );
}
