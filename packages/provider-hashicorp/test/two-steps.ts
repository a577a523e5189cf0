import type { AuthOptions } from "../src/index.ts";
import type { Bao } from "./openbao.ts";
import { follow } from "./person.ts";
import { pick } from "./stand-in-subject.ts";

/** A vault where API clients sign in through its own OIDC provider, and somebody who may. */
export interface TwoSteps {
  readonly username: string;
  readonly password: string;
  /** A token of theirs. */
  readonly token: string;
  /** How a client signs in that the browser comes back to on a port. */
  auth(callbackPort: number): AuthOptions;
}

/** Sets it up: the vault as provider for a public client, and a JWT method that takes its id tokens. */
export async function setUpTwoSteps(
  bao: Bao,
  port: number,
  { password, username }: Pick<TwoSteps, "username" | "password"> = pick(bao.credentials, "app").userpass,
): Promise<TwoSteps> {
  const signedIn = await bao.call("POST", `auth/userpass/login/${username}`, { password });
  const { auth: granted } = signedIn.body as { auth: { client_token: string; entity_id: string } };
  await bao.admin("POST", "identity/oidc/assignment/all", { entity_ids: [granted.entity_id] });
  await bao.admin("POST", "identity/oidc/client/api", {
    redirect_uris: ["http://127.0.0.1:10545/", "http://127.0.0.1:10534/", `http://127.0.0.1:${port}/`],
    assignments: ["all"],
    client_type: "public",
  });
  const client = await bao.admin("GET", "identity/oidc/client/api");
  const clientId = String(client.data?.["client_id"]);
  await bao.admin("PUT", "sys/policies/acl/oidc", {
    policy: 'path "identity/oidc/provider/default/authorize" { capabilities = ["read", "update"] }',
  });
  await bao.admin("POST", `identity/entity/id/${granted.entity_id}`, { policies: ["oidc"] });
  await bao.admin("POST", "sys/auth/postman-jwt", { type: "jwt" });
  await bao.admin("POST", "auth/postman-jwt/config", {
    oidc_discovery_url: await issuerOf(bao),
  });
  await bao.admin("POST", "auth/postman-jwt/role/postman", {
    role_type: "jwt",
    bound_audiences: [clientId],
    user_claim: "sub",
    token_policies: ["app"],
  });
  const auth = { method: "oidc", clientId, jwtPath: "postman-jwt", role: "postman" } as const;
  return { username, password, token: granted.client_token, auth: (callbackPort) => ({ ...auth, callbackPort }) };
}

async function issuerOf(bao: Bao): Promise<string> {
  const found = await bao.call("GET", "identity/oidc/provider/default/.well-known/openid-configuration");
  return (found.body as { issuer: string }).issuer;
}

/** A browser that does what the vault's own page does once its user has signed in there. */
export function throughThePage(bao: Bao, { token }: TwoSteps): (page: URL) => Promise<void> {
  return async (page) => {
    const path = `identity/oidc/provider/default/authorize${page.search}`;
    const answer = await bao.call("GET", path, undefined, token);
    const { code, state } = answer.body as { code: string; state: string };
    await follow(`${page.searchParams.get("redirect_uri")}?${new URLSearchParams({ code, state }).toString()}`);
  };
}
