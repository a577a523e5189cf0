import type { Issuer } from "./issuer.ts";
import type { Bao } from "./openbao.ts";

/** Mounts an OIDC login at `people`, with a role `app` whose browser comes back to a port of this machine. */
export async function setUpPeople(bao: Bao, issuer: Issuer, port: number, role: object = {}): Promise<void> {
  await bao.admin("POST", "sys/auth/people", { type: "oidc" });
  await bao.admin("POST", "auth/people/config", {
    oidc_discovery_url: issuer.url,
    oidc_client_id: issuer.clientId,
    oidc_client_secret: issuer.clientSecret,
  });
  await bao.admin("POST", "auth/people/role/app", {
    role_type: "oidc",
    user_claim: "sub",
    allowed_redirect_uris: [`http://localhost:${port}/oidc/callback`],
    token_policies: ["app"],
    ...role,
  });
}
