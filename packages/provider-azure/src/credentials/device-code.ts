import { type Prompter, SecretError } from "@vaultlink/core/provider";
import type { DeviceCodeCredential } from "@azure/identity";
import {
  configuredTenant,
  credentialOptions,
  expectToken,
  getTokenOptions,
  type CredentialContext,
  signingIn,
} from "./credential-context.ts";
import type { Source } from "./source.ts";

/** A person who enters a code on a page. Afterwards tokens are renewed without them, until Entra wants them again. */
export function byDeviceCode(context: CredentialContext): Source {
  let signedIn: DeviceCodeCredential | undefined;
  return {
    hint: context.hint,
    person: true,
    token: async (request) => {
      const { prompter, scope } = request;
      const tenantId = configuredTenant(context) ?? request.tenantId;
      const options = getTokenOptions(request, configuredTenant(context));
      if (signedIn === undefined) {
        if (prompter === undefined)
          throw new SecretError("unauthenticated", "Nobody is here to enter a code.", { hint: context.hint });
        const { DeviceCodeCredential: Credential } = await import("@azure/identity");
        signedIn = await signingIn(context, request, async () => {
          const credential = new Credential({
            ...credentialOptions(context),
            ...(context.auth.clientId !== undefined && { clientId: context.auth.clientId }),
            ...(tenantId !== undefined && { tenantId }),
            disableAutomaticAuthentication: true,
            userPromptCallback: ({ userCode, verificationUri }) => show(prompter, userCode, verificationUri),
          });
          await credential.authenticate(scope, options);
          return credential;
        });
      }
      const credential = signedIn;
      return signingIn(context, request, async () => expectToken(await credential.getToken(scope, options)));
    },
  };
}

/** What comes from a server is shown only if it is what it should be: terminals obey control characters. */
function show(prompter: Prompter, code: string, page: string): void {
  const url = URL.parse(page);
  if (url?.protocol !== "https:" || !/^[\w-]{1,40}$/.test(code)) {
    throw new SecretError("unavailable", "Entra gave no page and code that could be shown.");
  }
  prompter.show(`To sign in, open ${url.href} and enter the code ${code}`);
}
