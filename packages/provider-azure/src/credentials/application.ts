import { readFile } from "node:fs/promises";
import { exactVariable, isSwitchedOn, prompt, SecretError } from "@vaultlink/core/provider";
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
  const make: Make = async (sdk, tenant, { prompter }) => {
    const { auth, env, hint } = context;
    const clientId = clientIdOf(context);
    const question = { label: "Client secret", secret: true, exact: true };
    const secret =
      auth.clientSecret ??
      (await prompt(context.askFirst, question)) ??
      exactVariable(env, "AZURE_CLIENT_SECRET") ??
      (context.askFirst === undefined ? await prompt(prompter, question) : undefined);
    if (secret === undefined) throw new SecretError("unauthenticated", "There is no client secret.", { hint });
    return new sdk.ClientSecretCredential(tenant, clientId, secret, credentialOptions(context));
  };
  const found = exactVariable(context.env, "AZURE_CLIENT_SECRET") !== undefined && context.askFirst === undefined;
  return application(context, make, { person: context.auth.clientSecret === undefined && !found });
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
function application(context: CredentialContext, make: Make, { person = false } = {}): Source {
  let made: Identity.TokenCredential | undefined;
  return {
    hint: context.hint,
    person,
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

async function readToken(path: string, hint: string): Promise<string> {
  const text = await readFile(path, "utf8").catch(() => {
    throw new SecretError("unauthenticated", "The file with the client assertion cannot be read.", { hint });
  });
  return text.replace(/\r?\n$/, "");
}
