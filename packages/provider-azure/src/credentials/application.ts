import { readFile } from "node:fs/promises";
import { declining, exactVariable, isSwitchedOn, type Prompter, SecretError } from "@vaultlink/core";
import type * as Identity from "@azure/identity";
import {
  clientIdOf,
  credentialOptions,
  expectToken,
  getTokenOptions,
  type CredentialContext,
  homeTenant,
  signingIn,
} from "./credential-context.ts";
import type { Source, TokenRequest } from "./source.ts";

type Make = (
  sdk: typeof Identity,
  tenant: string,
  request: TokenRequest,
) => Identity.TokenCredential | Promise<Identity.TokenCredential>;

/** An application with its secret, which a person may type. */
export function withSecret(context: CredentialContext): Source {
  return application(context, async (sdk, tenant, { prompter }) => {
    const { auth, env, hint } = context;
    const clientId = clientIdOf(context);
    const found = auth.clientSecret ?? exactVariable(env, "AZURE_CLIENT_SECRET");
    // What is found may be what was refused; an empty line takes it all the same.
    const asked = found === undefined || context.reauthenticate ? await typed(prompter) : undefined;
    const secret = asked ?? found;
    if (secret === undefined) throw new SecretError("unauthenticated", "There is no client secret.", { hint });
    return new sdk.ClientSecretCredential(tenant, clientId, secret, credentialOptions(context));
  });
}

/** An application with a certificate, whose file is read when a token is needed. */
export function withCertificate(context: CredentialContext): Source {
  return application(context, (sdk, tenant) => {
    const { auth, env, hint } = context;
    const certificatePath = auth.certificateFile ?? exactVariable(env, "AZURE_CLIENT_CERTIFICATE_PATH");
    if (certificatePath === undefined) {
      throw new SecretError("unauthenticated", "There is no client certificate.", { hint });
    }
    const certificatePassword = auth.certificatePassword ?? exactVariable(env, "AZURE_CLIENT_CERTIFICATE_PASSWORD");
    const chain = isSwitchedOn(env["AZURE_CLIENT_SEND_CERTIFICATE_CHAIN"]?.trim(), ["true", "1"]);
    return new sdk.ClientCertificateCredential(
      tenant,
      clientIdOf(context),
      { certificatePath, ...(certificatePassword !== undefined && { certificatePassword }) },
      { ...credentialOptions(context), sendCertificateChain: chain },
    );
  });
}

/** An application that another party vouches for: by a function, or by a file that is read each time. */
export function withAssertion(context: CredentialContext): Source {
  const { auth, hint } = context;
  const { assertion, tokenFile } = auth;
  return application(context, (sdk, tenant) => {
    const give = assertion ?? (tokenFile === undefined ? undefined : () => readToken(tokenFile, hint));
    if (give === undefined) throw new SecretError("unauthenticated", "There is no client assertion.", { hint });
    return new sdk.ClientAssertionCredential(tenant, clientIdOf(context), give, credentialOptions(context));
  });
}

/** A workload with the token that its platform keeps in a file. */
export function withWorkload(context: CredentialContext): Source {
  return application(context, (sdk, tenant) => {
    const { auth, env, hint } = context;
    const tokenFilePath = auth.tokenFile ?? exactVariable(env, "AZURE_FEDERATED_TOKEN_FILE");
    if (tokenFilePath === undefined) {
      throw new SecretError("unauthenticated", "There is no file with a federated token.", { hint });
    }
    const own = { tenantId: tenant, clientId: clientIdOf(context), tokenFilePath };
    return new sdk.WorkloadIdentityCredential({ ...credentialOptions(context), ...own });
  });
}

/** Makes the credential when its first token is needed, and keeps it; one that failed to be made is not kept. */
function application(context: CredentialContext, make: Make): Source {
  let made: Identity.TokenCredential | undefined;
  return {
    hint: context.hint,
    person: false,
    token: async (request) => {
      const tenant = homeTenant(context, request);
      return signingIn(context, request, async () => {
        const credential = (made ??= await make(await import("@azure/identity"), tenant, request));
        return expectToken(
          await credential.getToken(request.scope, getTokenOptions({ tenantId: tenant, ...request }, tenant)),
        );
      });
    },
  };
}

/** What a person types, to the letter: blanks may belong to a secret. Throws `aborted` if they decline. */
async function typed(prompter: Prompter | undefined): Promise<string | undefined> {
  if (prompter === undefined) return undefined;
  return (await declining(() => prompter.ask({ label: "Client secret", secret: true }))) || undefined;
}

async function readToken(path: string, hint: string): Promise<string> {
  const text = await readFile(path, "utf8").catch(() => {
    throw new SecretError("unauthenticated", "The file with the client assertion cannot be read.", { hint });
  });
  return text.replace(/\r?\n$/, "");
}
