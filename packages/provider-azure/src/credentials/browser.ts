import { createHash, randomBytes } from "node:crypto";
import { createHttpHeaders, createPipelineRequest } from "@azure/core-rest-pipeline";
import type {
  AccountInfo,
  AuthenticationResult,
  INetworkModule,
  NetworkRequestOptions,
  PublicClientApplication,
} from "@azure/msal-node";
import { declining, SecretError } from "@vaultlink/core/provider";
import { raced } from "../raced.ts";
import type { Transport } from "../transport.ts";
import { configuredTenant, type Ground, signingIn } from "./ground.ts";
import { openLanding } from "./landing.ts";
import type { Source, Token, TokenAsk } from "./source.ts";

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
export function byBrowser(ground: Ground): Source {
  let signedIn: SignedIn | undefined;
  return {
    hint: ground.hint,
    person: true,
    token: async (ask) => {
      if (signedIn !== undefined) return renew(ground, signedIn, ask);
      const { prompter } = ask;
      if (prompter === undefined)
        throw new SecretError("unauthenticated", "Nobody is here to sign in on a page.", { hint: ground.hint });
      const app = await createApp(ground, ask);
      const result = await signingIn(ground, ask, () =>
        signIn(app, ask, (page) => declining(() => prompter.open(page))),
      );
      if (result.account) signedIn = { app, account: result.account };
      return toToken(result);
    },
  };
}

async function createApp(
  { auth, env, settings, transport }: Ground,
  { tenantId }: TokenAsk,
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
  { scope, signal }: TokenAsk,
  open: (page: string) => Promise<void>,
): Promise<AuthenticationResult> {
  const [state, codeVerifier] = [randomBytes(16).toString("base64url"), randomBytes(32).toString("base64url")];
  const landing = await openLanding(state);
  try {
    const common = { scopes: [scope], redirectUri: landing.url };
    const codeChallenge = createHash("sha256").update(codeVerifier).digest("base64url");
    await open(
      await app.getAuthCodeUrl({
        ...common,
        ...{ state, codeChallenge, codeChallengeMethod: "S256", responseMode: "form_post", prompt: "select_account" },
      }),
    );
    const code = await raced(landing.code, signal);
    return await app.acquireTokenByCode({ ...common, code, codeVerifier });
  } finally {
    landing.close();
  }
}

function renew(ground: Ground, { app, account }: SignedIn, ask: TokenAsk): Promise<Token> {
  const { scope, tenantId, claims } = ask;
  return signingIn(ground, ask, async () => {
    const authority = tenantId === undefined ? {} : { authority: `${ground.settings.authority}/${tenantId}` };
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
    return { status, headers: given.toJSON(), body: parse(bodyAsText ?? "") };
  };
  return {
    sendGetRequestAsync: (url, options) => send("GET", url, options) as never,
    sendPostRequestAsync: (url, options) => send("POST", url, options) as never,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What it was has been noted; the library needs an object.
    return { error: "not_json" };
  }
}
