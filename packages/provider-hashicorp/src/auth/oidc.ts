import { randomBytes } from "node:crypto";
import {
  encodePath,
  isSecureUrl,
  listenForRedirect,
  objectMember,
  SecretError,
  textMember,
} from "@vaultlink/core/provider";
import { refusal, unexpectedResponse } from "../errors.ts";
import type { VaultResponse } from "../vault-api.ts";
import type { Attempt, Grant } from "./attempt.ts";
import { askBrowser, expectPerson, PORT_HINT, REFUSAL } from "./browser.ts";
import { takeGrant } from "./login.ts";
import { logInThroughProvider } from "./oidc-provider.ts";

const HINT = "vaultlink reauth";
/** What the vault's own client listens on, and hence what its roles allow. */
const PORT = 8250;

/**
 * Signs in through a browser. https://developer.hashicorp.com/vault/api-docs/auth/jwt#oidc-authorization-url-request
 * The vault makes state and nonce and checks the provider's token; we check the state that comes back, and bind the two
 * requests by a nonce of our own. With a client id, the vault itself is the provider: see `logInThroughProvider`.
 */
export async function logInWithOidc(attempt: Attempt): Promise<Grant> {
  const { api, auth, context } = attempt;
  if (auth.clientId !== undefined) return logInThroughProvider(attempt, auth.clientId);
  const prompter = expectPerson(context.prompter);
  const mount = `auth/${encodePath(auth.mount ?? "oidc")}`;
  const callback = await listenForRedirect({
    host: "localhost",
    ports: [auth.callbackPort ?? PORT],
    path: "/oidc/callback",
    responseMode: "query",
    signal: context.signal,
    refusal: REFUSAL,
    portHint: PORT_HINT,
  });
  try {
    const nonce = randomBytes(24).toString("base64url");
    const request = {
      redirect_uri: callback.url,
      client_nonce: nonce,
      ...(auth.role !== undefined && { role: auth.role }),
    };
    const offered = await api.logIn(`${mount}/oidc/auth_url`, request, context.signal);
    if (offered.status !== 200) throw refusal(offered, { at: "login", hint: HINT });
    const page = findPage(offered, mount, callback.url);
    const code = await askBrowser(prompter, page, callback);
    const query = new URLSearchParams({ state: page.state, code, client_nonce: nonce });
    const askedAt = Date.now();
    const answer = await api.read(`${mount}/oidc/callback?${query.toString()}`, context.signal);
    if (answer.status !== 200) throw refusal(answer, { at: "login", hint: HINT });
    return takeGrant(attempt, answer, askedAt, HINT);
  } finally {
    callback.close();
  }
}

/** The page to sign in on. The vault sends an empty one, and no reason, where it has none to send us to. */
function findPage(
  answer: VaultResponse,
  mount: string,
  callbackUrl: string,
): { readonly page: string; readonly state: string } {
  const data = objectMember(answer.body, "data");
  if (data === undefined) throw unexpectedResponse(answer);
  const given = textMember(data, "auth_url");
  if (given === undefined) {
    throw new SecretError(
      "invalid_config",
      "The vault has no such OIDC role, the role does not allow our address, or the vault cannot reach its provider.",
      {
        hint: `vault write ${mount}/role/<role> allowed_redirect_uris=${callbackUrl}`,
      },
    );
  }
  const page = URL.parse(given);
  const state = page?.searchParams.get("state");
  if (page === null || !state || !isSecureUrl(page)) {
    throw new SecretError("invalid_config", "The vault's OIDC provider is not reached by https, or has no state.");
  }
  return { page: page.href, state };
}
