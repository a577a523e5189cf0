import { type Prompter, type RedirectListener, SecretError, signInOnPage } from "@vaultlink/core/provider";

/** What is said where a page gives no code. */
export const REFUSAL = "The OIDC provider refused to sign in.";
/** What helps where the browser has no port to come back to. */
export const PORT_HINT = 'free the port, or set the connection\'s option "auth.callbackPort"';

/** The person a browser sign-in needs. Throws `unauthenticated` if nobody waits. */
export function expectPerson(prompter: Prompter | undefined): Prompter {
  if (prompter !== undefined) return prompter;
  throw new SecretError("unauthenticated", "Signing in with OIDC needs a person and a browser.", {
    hint: "vaultlink reauth",
  });
}

/** Sends the person to a page, and gives the code they come back with. The listener is closed in any case. */
export function askBrowser(
  prompter: Prompter,
  page: { readonly page: string; readonly state: string },
  listener: RedirectListener,
): Promise<string> {
  const { port } = listener;
  prompter.show(
    `The browser comes back to port ${port} of this machine; over SSH, forward it: ssh -L ${port}:127.0.0.1:${port} …`,
  );
  return signInOnPage(prompter, listener, page);
}
