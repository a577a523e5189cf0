import { randomBytes } from "node:crypto";
import {
  createPkce,
  invalidConfig,
  isSecureUrl,
  type JsonObject,
  listenForRedirect,
  parseJsonObject,
  parseRetryAfter,
  SecretError,
  textMember,
} from "@vaultlink/core/provider";
import { parseAddress } from "../address.ts";
import { texts } from "../body.ts";
import type { Response, Transport } from "../http.ts";
import { openTransport } from "../transport.ts";
import { unreachable } from "../unreachable.ts";
import type { Attempt, Grant } from "./attempt.ts";
import { askBrowser, expectPerson, PORT_HINT, REFUSAL } from "./browser.ts";
import { logIn } from "./login.ts";

const HINT = "vaultlink reauth";
/** What vaults that are set up for API clients allow, together with the path `/`. */
const PORTS = [10_545, 10_534] as const;

/**
 * Signs in in two steps: the person signs in to the vault as an OIDC provider, and the id token that we get for the code
 * signs us in at a JWT method. https://developer.hashicorp.com/vault/docs/concepts/oidc-provider
 * A public client: PKCE stands where its secret would. The vault checks the id token's signature in the second step.
 */
export async function logInThroughProvider(attempt: Attempt, clientId: string): Promise<Grant> {
  const { address, auth, context, namespace, options } = attempt;
  const prompter = expectPerson(context.prompter);
  const inside = namespace === "" ? "" : `${namespace}/`;
  const issuer = parseAddress(auth.providerUrl ?? `${address}/v1/${inside}identity/oidc/provider/default`);
  const transport = await openTransport(options, issuer, context.env);
  try {
    const provider = await discover(transport, issuer, context.signal);
    const { challenge, state, verifier } = createPkce();
    const nonce = randomBytes(32).toString("base64url");
    const callback = await listenForRedirect({
      host: "127.0.0.1",
      ports: auth.callbackPort === undefined ? PORTS : [auth.callbackPort],
      path: "/",
      responseMode: "query",
      signal: context.signal,
      refusal: REFUSAL,
      portHint: PORT_HINT,
    });
    const page = new URL(provider.authorize);
    const query = {
      client_id: clientId,
      response_type: "code",
      scope: "openid",
      redirect_uri: callback.url,
      state,
      nonce,
      code_challenge: challenge,
      code_challenge_method: "S256",
    };
    for (const [name, value] of Object.entries(query)) page.searchParams.set(name, value);
    const code = await askBrowser(prompter, { page: page.href, state }, callback);
    const form = new URLSearchParams({
      grant_type: "authorization_code",
      code,
      redirect_uri: callback.url,
      client_id: clientId,
      code_verifier: verifier,
    });
    const answer = await exchange(transport, provider.token, form, context.signal);
    const jwt = checkIdToken(answer, { issuer, clientId, nonce });
    const role = auth.role === undefined ? {} : { role: auth.role };
    return await logIn(attempt, { mount: auth.jwtPath ?? "jwt", credentials: { jwt, ...role }, hint: HINT });
  } finally {
    transport.close();
  }
}

/** https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationResponse */
async function discover(
  transport: Transport,
  issuer: string,
  signal: AbortSignal,
): Promise<{ readonly authorize: string; readonly token: string }> {
  const uri = `${issuer}/.well-known/openid-configuration`;
  const body = await send(transport, { method: "GET", uri, headers: { accept: "application/json" }, signal });
  const authorize = URL.parse(textMember(body, "authorization_endpoint") ?? "");
  const token = URL.parse(textMember(body, "token_endpoint") ?? "");
  if (body === undefined || authorize === null || token === null)
    throw invalidConfig("There is no OIDC provider at its address.");
  if (textMember(body, "issuer")?.replace(/\/$/, "") !== issuer)
    throw invalidConfig("The OIDC provider calls itself by another address.");
  // The code goes there: to nobody else than whom the configuration names.
  if (token.origin !== new URL(issuer).origin)
    throw invalidConfig("The OIDC provider hands out its tokens at another host.");
  if (!isSecureUrl(authorize)) throw invalidConfig("The OIDC provider's page is not reached by https.");
  return { authorize: authorize.href, token: token.href };
}

async function exchange(
  transport: Transport,
  uri: string,
  form: URLSearchParams,
  signal: AbortSignal,
): Promise<string> {
  const headers = { accept: "application/json", "content-type": "application/x-www-form-urlencoded" };
  const body = await send(transport, { method: "POST", uri, headers, body: form.toString(), signal });
  const found = textMember(body, "id_token");
  if (found !== undefined) return found;
  throw new SecretError("unauthenticated", "The OIDC provider gave no id token for the sign-in.", { hint: HINT });
}

/** https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation, all but the signature and the times. */
function checkIdToken(
  jwt: string,
  { issuer, clientId, nonce }: { readonly issuer: string; readonly clientId: string; readonly nonce: string },
): string {
  const claims = parseJsonObject(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString("utf8"));
  const audience = textMember(claims, "aud");
  const meant = audience === undefined ? texts(claims, "aud").includes(clientId) : audience === clientId;
  if (meant && textMember(claims, "nonce") === nonce && textMember(claims, "iss")?.replace(/\/$/, "") === issuer)
    return jwt;
  throw new SecretError("unauthenticated", "The OIDC provider's id token belongs to another sign-in.", { hint: HINT });
}

async function send(transport: Transport, request: Parameters<Transport["send"]>[0]): Promise<JsonObject | undefined> {
  let response: Response;
  try {
    response = await transport.send(request);
    if (response.cut !== undefined) throw response.cut;
  } catch (thrown) {
    throw unreachable(thrown, request.signal, request.uri);
  }
  if (response.status === 429) {
    const retryAfterMs = parseRetryAfter(response.header("retry-after"), Date.now());
    const details = retryAfterMs === undefined ? {} : { retryAfterMs };
    throw new SecretError("throttled", "The OIDC provider's rate limit is reached.", details);
  }
  if (response.status >= 500) throw new SecretError("unavailable", "The OIDC provider failed.");
  return response.status === 200 ? parseJsonObject(response.text) : undefined;
}
