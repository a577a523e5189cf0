import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AuthOptions, hashicorp, type HashicorpOptions } from "../src/index.ts";
import { type Issuer, startIssuer } from "./issuer.ts";
import { parseLocator as at } from "@vaultlink/test-support";
import { type Bao, NO_OPENBAO, useOpenBao, WHY } from "./openbao.ts";
import { follow, freePort, person } from "./person.ts";
import { context, open, refused } from "./support.ts";
import { setUpTwoSteps, throughThePage } from "./two-steps.ts";

/* Ways in that exist inside a namespace only, each at a mount of another name. */

const PASSWORD = "vlcanary-of-anna";
const INSIDE = { "x-vault-namespace": "division" };

/** The same administrator, at work inside. */
const within = (bao: Bao): Bao => ({
  ...bao,
  admin: (method, path, body, headers) => bao.admin(method, path, body, { ...INSIDE, ...headers }),
  call: (method, path, body, token, headers) => bao.call(method, path, body, token, { ...INSIDE, ...headers }),
});

describe.skipIf(NO_OPENBAO)(`on OpenBao${WHY}`, () => {
  const bao = useOpenBao();
  let issuer: Issuer;
  let port: number;
  beforeAll(async () => {
    issuer = await startIssuer();
    port = await freePort();
    const inside = within(bao());
    const admin: Bao["admin"] = (...request) => inside.admin(...request);
    await admin("PUT", "sys/policies/acl/app", { policy: 'path "secret/*" { capabilities = ["read"] }' });
    await admin("POST", "sys/auth/machines", { type: "approle" });
    await admin("POST", "auth/machines/role/app", { token_policies: ["app"] });
    await admin("POST", "auth/machines/role/app/role-id", { role_id: "role-of-division" });
    await admin("POST", "auth/machines/role/app/custom-secret-id", { secret_id: "vlcanary-of-division" });
    await admin("POST", "sys/auth/people/by-name", { type: "userpass" });
    await admin("POST", "auth/people/by-name/users/anna", { password: PASSWORD, token_policies: ["app"] });
    await admin("POST", "sys/auth/people/by-page", { type: "oidc" });
    await admin("POST", "auth/people/by-page/config", {
      oidc_discovery_url: issuer.url,
      oidc_client_id: issuer.clientId,
      oidc_client_secret: issuer.clientSecret,
    });
    await admin("POST", "auth/people/by-page/role/app", {
      role_type: "oidc",
      user_claim: "sub",
      allowed_redirect_uris: [`http://localhost:${port}/oidc/callback`],
      token_policies: ["app"],
    });
  });
  afterAll(() => issuer?.stop());

  /** Signs in inside, reads what is there and not in the root, and disconnects. */
  async function expectInside(auth: AuthOptions, visit: (page: URL) => Promise<unknown> = follow): Promise<void> {
    const options: HashicorpOptions = { address: bao().url, namespace: "division", auth };
    const session = await hashicorp(options).open(context({}, { prompter: person(visit) }));
    await expect(session.read(at("secret/app/db"), context({}))).resolves.toMatchObject({ version: "1" });
    await refused(session.read(at("secret/app/api"), context({})), "not_found");
    expect(session.identity).toContain("/division#");
    await session.revoke?.(context({}));
    await refused(session.read(at("secret/app/db"), context({})), "unauthenticated");
    await session.close?.();
    // The root has no such way in.
    const outside = hashicorp({ address: bao().url, auth }).open(context({}, { prompter: person(visit) }));
    await refused(outside, "unauthenticated");
  }

  it("signs in as an AppRole", async () => {
    await expectInside({
      method: "approle",
      mount: "machines",
      roleId: "role-of-division",
      secretId: "vlcanary-of-division",
    });
  });

  it("signs in with a password", async () => {
    await expectInside({ method: "userpass", mount: "people/by-name", username: "anna", password: PASSWORD });
  });

  it("signs in through a browser", async () => {
    await expectInside({ method: "oidc", mount: "people/by-page", role: "app", callbackPort: port });
  });

  it("signs in in two steps, at the namespace's own provider", async () => {
    const inside = within(bao());
    await inside.admin("POST", "sys/auth/userpass", { type: "userpass" });
    await inside.admin("POST", "auth/userpass/users/anna", { password: PASSWORD });
    const setUp = await setUpTwoSteps(inside, port, { username: "anna", password: PASSWORD });
    await expectInside(setUp.auth(port), throughThePage(inside, setUp));
  });

  it("opens a wrapping", async () => {
    const wrapped = await within(bao()).admin(
      "POST",
      "auth/token/create",
      { policies: ["app"] },
      { "x-vault-wrap-ttl": "60s" },
    );
    await expectInside({ method: "wrapped", wrappedToken: wrapped.wrap_info?.token ?? "" });
  });

  it("takes the namespace from the variables too", async () => {
    const { session, read } = await open(
      { VAULT_ADDR: bao().url, VAULT_NAMESPACE: "division/" },
      { auth: { method: "approle", mount: "machines", roleId: "role-of-division", secretId: "vlcanary-of-division" } },
    );
    await expect(read("secret/app/db")).resolves.toMatchObject({ version: "1" });
    await session.close?.();
  });
});
