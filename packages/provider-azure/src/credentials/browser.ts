import { createHttpHeaders, createPipelineRequest } from "@azure/core-rest-pipeline";
import type {
  AccountInfo,
  AuthenticationResult,
  INetworkModule,
  NetworkRequestOptions,
  PublicClientApplication,
} from "@azure/msal-node";
import {
  createPkce,
  listenForRedirect,
  parseJsonObject,
  type Prompter,
  SecretError,
  signInOnPage,
} from "@vaultlink/core/provider";
import type { Transport } from "../transport.ts";
import { configuredTenant, type CredentialContext, signingIn } from "./credential-context.ts";
import type { Source, Token, TokenRequest } from "./source.ts";

/** The application that Azure's own commands sign in as; every tenant knows it. */
const AZURE_CLI = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

interface SignedIn {
  readonly app: PublicClientApplication;
  readonly account: AccountInfo;
}

/**
 * A person who signs in on a page. The SDK's own class opens the browser of the machine it runs on, by itself; with the
 * library underneath it the page goes to whoever asked. Afterwards tokens are renewed without a person.
 */
export function byBrowser(context: CredentialContext): Source {
  let signedIn: SignedIn | undefined;
  return {
    hint: context.hint,
    person: true,
    token: async (request) => {
      if (signedIn !== undefined) return renew(context, signedIn, request);
      const { prompter } = request;
      if (prompter === undefined)
        throw new SecretError("unauthenticated", "Nobody is here to sign in on a page.", { hint: context.hint });
      const app = await createApp(context, request);
      const result = await signingIn(context, request, () => signIn(app, request, prompter));
      if (result.account) signedIn = { app, account: result.account };
      return toToken(result);
    },
  };
}

async function createApp(
  { auth, env, settings, transport }: CredentialContext,
  { tenantId }: TokenRequest,
): Promise<PublicClientApplication> {
  const { PublicClientApplication: App } = await import("@azure/msal-node");
  const authority = `${settings.authority}/${configuredTenant({ auth, env }) ?? tenantId ?? "organizations"}`;
  return new App({
    auth: {
      clientId: auth.clientId ?? AZURE_CLI,
      authority,
      ...(settings.privateAuthority && { knownAuthorities: [new URL(authority).host] }),
      clientCapabilities: ["cp1"],
    },
    system: { networkClient: networkOf(transport) },
  });
}

/** https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow */
async function signIn(
  app: PublicClientApplication,
  { scope, signal }: TokenRequest,
  prompter: Prompter,
): Promise<AuthenticationResult> {
  const { challenge: codeChallenge, state, verifier: codeVerifier } = createPkce();
  const listener = await listenForRedirect({
    ...{ host: "localhost", ports: [0], path: "", responseMode: "form_post", signal },
    refusal: "The page of Entra gave no code.",
  });
  try {
    const common = { scopes: [scope], redirectUri: listener.url };
    const page = await app.getAuthCodeUrl({
      ...common,
      ...{ state, codeChallenge, codeChallengeMethod: "S256", responseMode: "form_post", prompt: "select_account" },
    });
    const code = await signInOnPage(prompter, listener, { page, state });
    return await app.acquireTokenByCode({ ...common, code, codeVerifier });
  } finally {
    listener.close();
  }
}

function renew(context: CredentialContext, { app, account }: SignedIn, request: TokenRequest): Promise<Token> {
  const { scope, tenantId, claims } = request;
  return signingIn(context, request, async () => {
    const authority = tenantId === undefined ? {} : { authority: `${context.settings.authority}/${tenantId}` };
    return toToken(await app.acquireTokenSilent({ account, scopes: [scope], ...authority, ...(claims && { claims }) }));
  });
}

function toToken({ accessToken, expiresOn, refreshOn }: AuthenticationResult): Token {
  return {
    token: accessToken,
    expiresOnTimestamp: expiresOn?.getTime() ?? Date.now(),
    refreshAfterTimestamp: refreshOn?.getTime(),
  };
}

function networkOf({ client }: Transport): INetworkModule {
  const send = async (method: "GET" | "POST", url: string, options?: NetworkRequestOptions) => {
    const headers = createHttpHeaders(options?.headers ?? {});
    const request = createPipelineRequest({
      url,
      method,
      headers,
      ...(options?.body !== undefined && { body: options.body }),
    });
    const { status, bodyAsText, headers: given } = await client.sendRequest(request);
    // What else it was has been noted; the library needs an object.
    const body = parseJsonObject(bodyAsText ?? "") ?? { error: "not_json" };
    return { status, headers: given.toJSON(), body };
  };
  return {
    sendGetRequestAsync: (url, options) => send("GET", url, options) as never,
    sendPostRequestAsync: (url, options) => send("POST", url, options) as never,
  };
}
