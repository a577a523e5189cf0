import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AuthOptions, hashicorp } from "../src/index.ts";
import { type Issuer, startIssuer } from "./issuer.ts";
import { parseLocator as at } from "@vaultlink/test-support";
import { NO_OPENBAO, useOpenBao, WHY } from "./openbao.ts";
import { setUpPeople } from "./people.ts";
import { follow, freePort, person } from "./person.ts";
import { context, refused } from "./support.ts";
import { setUpTwoSteps, throughThePage, type TwoSteps } from "./two-steps.ts";

describe.skipIf(NO_OPENBAO)(`on OpenBao${WHY}`, () => {
  const bao = useOpenBao();
  let issuer: Issuer;
  let port: number;
  beforeAll(async () => {
    issuer = await startIssuer();
    port = await freePort();
    await setUpPeople(bao(), issuer, port, { token_ttl: 600 });
  });
  afterAll(() => issuer?.stop());
  const auth = (more: AuthOptions = {}): AuthOptions => ({
    method: "oidc",
    mount: "people",
    role: "app",
    callbackPort: port,
    ...more,
  });

  it("signs in through a browser, at an issuer on loopback", async () => {
    const anna = person(follow);
    const lent = context({}, { prompter: anna });
    const session = await hashicorp({ address: bao().url, auth: auth() }).open(lent);
    await expect(session.read(at("secret/app/api"), context({}))).resolves.toMatchObject({ version: "1" });
    expect(session.roles).toEqual(["app", "default"]);
    expect(session.expiresAt).toBeGreaterThan(Date.now());
    expect(anna.pages.map(({ origin }) => origin)).toEqual([issuer.url]);
    expect(anna.shown.join()).toContain(`ssh -L ${port}:127.0.0.1:${port}`);
    await session.revoke?.(context({}));
    await refused(session.read(at("secret/app/api"), context({})), "unauthenticated");
    await session.close?.();
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow("fetch failed");
  });

  it("takes a person who declines in the browser at their word", async () => {
    issuer.declines = true;
    const lent = context({}, { prompter: person(follow) });
    await refused(hashicorp({ address: bao().url, auth: auth() }).open(lent), "aborted");
    issuer.declines = false;
  });

  it("says which address the role must allow", async () => {
    // Of loopback addresses the vault ignores the port: https://www.rfc-editor.org/rfc/rfc8252#section-7.3
    const allowed_redirect_uris = ["https://vault.test/ui/vault/auth/people/oidc/callback"];
    await bao().admin("POST", "auth/people/role/page", { role_type: "oidc", user_claim: "sub", allowed_redirect_uris });
    const lent = context({}, { prompter: person(follow) });
    const opening = hashicorp({ address: bao().url, auth: auth({ role: "page" }) }).open(lent);
    const error = await refused(opening, "invalid_config");
    expect(error.details.hint).toContain(
      `auth/people/role/<role> allowed_redirect_uris=http://localhost:${port}/oidc/callback`,
    );
  });

  it("says what it may be where the vault cannot reach the issuer", async () => {
    const other = await startIssuer();
    await bao().admin("POST", "sys/auth/gone", { type: "oidc" });
    await bao().admin("POST", "auth/gone/config", {
      oidc_discovery_url: other.url,
      oidc_client_id: other.clientId,
      oidc_client_secret: other.clientSecret,
    });
    const allowed_redirect_uris = [`http://localhost:${port}/oidc/callback`];
    await bao().admin("POST", "auth/gone/role/app", { role_type: "oidc", user_claim: "sub", allowed_redirect_uris });
    await other.stop();
    const lent = context({}, { prompter: person(follow) });
    const opening = hashicorp({ address: bao().url, auth: auth({ mount: "gone" }) }).open(lent);
    expect((await refused(opening, "invalid_config")).message).toContain("cannot reach its provider");
  });

  describe("in two steps, as API clients do", () => {
    let setUp: TwoSteps;
    beforeAll(async () => {
      setUp = await setUpTwoSteps(bao(), port);
    });
    it("signs in with the vault as provider and its id token at a JWT method", async () => {
      const user = person(throughThePage(bao(), setUp));
      const two = setUp.auth(port);
      const session = await hashicorp({ address: bao().url, auth: two }).open(context({}, { prompter: user }));
      await expect(session.read(at("secret/app/api"), context({}))).resolves.toMatchObject({ version: "1" });
      await refused(session.read(at("secret/audit/report"), context({})), "denied");
      expect(user.pages[0]?.searchParams.get("code_challenge_method")).toBe("S256");
      await session.revoke?.(context({}));
      await session.close?.();
    });
  });
});
