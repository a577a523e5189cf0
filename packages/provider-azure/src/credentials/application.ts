import { readFile } from "node:fs/promises";
import { declining, type Prompter, SecretError } from "@vaultlink/core/provider";
import type * as Identity from "@azure/identity";
import { exactly, variable } from "../env.ts";
import {
  clientIdOf,
  credentialOptions,
  expectToken,
  getTokenOptions,
  type Ground,
  homeTenant,
  signingIn,
} from "./ground.ts";
import type { Source, TokenAsk } from "./source.ts";

type Make = (
  sdk: typeof Identity,
  tenant: string,
  ask: TokenAsk,
) => Identity.TokenCredential | Promise<Identity.TokenCredential>;

/** An application with its secret, which a person may type. */
export function withSecret(ground: Ground): Source {
  return application(ground, async (sdk, tenant, { prompter }) => {
    const { auth, env, hint } = ground;
    const clientId = clientIdOf(ground);
    const secret = auth.clientSecret ?? exactly(env, "AZURE_CLIENT_SECRET") ?? (await typed(prompter));
    if (secret === undefined) throw new SecretError("unauthenticated", "There is no client secret.", { hint });
    return new sdk.ClientSecretCredential(tenant, clientId, secret, credentialOptions(ground));
  });
}

/** An application with a certificate, whose file is read when a token is needed. */
export function withCertificate(ground: Ground): Source {
  return application(ground, (sdk, tenant) => {
    const { auth, env, hint } = ground;
    const certificatePath = auth.certificateFile ?? exactly(env, "AZURE_CLIENT_CERTIFICATE_PATH");
    if (certificatePath === undefined) {
      throw new SecretError("unauthenticated", "There is no client certificate.", { hint });
    }
    const certificatePassword = auth.certificatePassword ?? exactly(env, "AZURE_CLIENT_CERTIFICATE_PASSWORD");
    const chain = /^(?:true|1)$/i.test(variable(env, "AZURE_CLIENT_SEND_CERTIFICATE_CHAIN") ?? "");
    return new sdk.ClientCertificateCredential(
      tenant,
      clientIdOf(ground),
      { certificatePath, ...(certificatePassword !== undefined && { certificatePassword }) },
      { ...credentialOptions(ground), sendCertificateChain: chain },
    );
  });
}

/** An application that another party vouches for: by a function, or by a file that is read each time. */
export function withAssertion(ground: Ground): Source {
  const { auth, hint } = ground;
  const { assertion, tokenFile } = auth;
  return application(ground, (sdk, tenant) => {
    const give = assertion ?? (tokenFile === undefined ? undefined : () => readToken(tokenFile, hint));
    if (give === undefined) throw new SecretError("unauthenticated", "There is no client assertion.", { hint });
    return new sdk.ClientAssertionCredential(tenant, clientIdOf(ground), give, credentialOptions(ground));
  });
}

/** A workload with the token that its platform keeps in a file. */
export function withWorkload(ground: Ground): Source {
  return application(ground, (sdk, tenant) => {
    const { auth, env, hint } = ground;
    const tokenFilePath = auth.tokenFile ?? exactly(env, "AZURE_FEDERATED_TOKEN_FILE");
    if (tokenFilePath === undefined) {
      throw new SecretError("unauthenticated", "There is no file with a federated token.", { hint });
    }
    const own = { tenantId: tenant, clientId: clientIdOf(ground), tokenFilePath };
    return new sdk.WorkloadIdentityCredential({ ...credentialOptions(ground), ...own });
  });
}

/** Makes the credential when its first token is needed, and keeps it; one that failed to be made is not kept. */
function application(ground: Ground, make: Make): Source {
  let made: Identity.TokenCredential | undefined;
  return {
    hint: ground.hint,
    person: false,
    token: async (ask) => {
      const tenant = homeTenant(ground, ask);
      return signingIn(ground, ask, async () => {
        const credential = (made ??= await make(await import("@azure/identity"), tenant, ask));
        return expectToken(await credential.getToken(ask.scope, getTokenOptions({ tenantId: tenant, ...ask }, tenant)));
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
