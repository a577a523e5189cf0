import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { VAULT_SEED, type VaultCredentials } from "../../src/index.ts";
import { ask, type Reply } from "../ask.ts";
import type { Side, Sides, TokenOf } from "./sides.ts";

/** Questions about tokens and logins. */
export function askAboutTokens(start: () => Promise<Sides>): void {
  let sides: Sides;
  beforeAll(async () => {
    sides = await start();
  });
  afterAll(() => sides?.stop());

  const app = VAULT_SEED.identities["app"]?.token;
  const audit = VAULT_SEED.identities["audit"]?.token;
  const root = VAULT_SEED.rootToken;
  const invented = "vlcanary-invented";
  const send = async (token: string | TokenOf | undefined, method: string, path: string, body?: unknown) =>
    sides.same((side) =>
      ask(side.url, method, path, { token: typeof token === "function" ? token(side) : token, body }),
    );
  const status = async (...request: Parameters<typeof send>): Promise<number> => (await send(...request)).status;

  it.each(["secret/data/app/db", "kv1/app/plain", "auth/token/lookup-self", "nowhere/app"])(
    "nobody and a stranger get 403 from %s",
    async (path) => {
      expect(await status(undefined, "GET", path)).toBe(403);
      expect(await status(invented, "GET", path)).toBe(403);
    },
  );
  it("a stranger's token is neither renewed nor revoked", async () => {
    expect(await status(invented, "POST", "auth/token/renew-self", {})).toBe(403);
    expect(await status(invented, "POST", "auth/token/revoke-self")).toBe(403);
    expect(await status(invented, "PUT", "sys/leases/revoke", { lease_id: "a/b/c" })).toBe(403);
  });
  it("a bearer token counts as well", async () => {
    const headers = { authorization: `Bearer ${app}` };
    expect((await sides.both("GET", "kv1/app/plain", { headers })).status).toBe(200);
  });
  it("look themselves up", async () => {
    expect((await send(app, "GET", "auth/token/lookup-self")).body?.data).toMatchObject({
      renewable: true,
      num_uses: 0,
    });
    expect((await send(root, "GET", "auth/token/lookup-self")).body?.data).toMatchObject({ expire_time: null, ttl: 0 });
  });
  it("are renewed, for as long as the last time unless told", async () => {
    expect(await status(root, "POST", "auth/token/renew-self", {})).toBe(400);
    expect(await status(audit, "POST", "auth/token/renew-self", { increment: "30m" })).toBe(200);
    expect((await send(audit, "POST", "auth/token/renew-self")).body?.auth?.["lease_duration"]).toBe(1800);
    expect(await status(root, "GET", "auth/token/renew-self")).toBe(405);
  });
  it("are used up, by lookups too", async () => {
    const token = await sides.issued({ policies: ["app"], uses: 2 });
    expect((await send(token, "GET", "auth/token/lookup-self")).body?.data?.["num_uses"]).toBe(1);
    expect(await status(token, "GET", "secret/data/app/db")).toBe(200);
    expect(await status(token, "GET", "secret/data/app/db")).toBe(403);
  });
  it("count -1 in a lookup that is their last use", async () => {
    const token = await sides.issued({ policies: ["app"], uses: 1 });
    expect((await send(token, "GET", "auth/token/lookup-self")).body?.data?.["num_uses"]).toBe(-1);
  });
  it("are used up by what is refused, too", async () => {
    const token = await sides.issued({ policies: ["app"], uses: 2 });
    expect(await status(token, "GET", "secret/data/audit/report")).toBe(403);
    expect(await status(token, "GET", "secret/data/app/none")).toBe(404);
    expect(await status(token, "GET", "secret/data/app/db")).toBe(403);
  });
  it("revoke themselves", async () => {
    const token = await sides.issued({ policies: ["app"] });
    expect(await status(token, "POST", "auth/token/revoke-self")).toBe(204);
    expect(await status(token, "GET", "auth/token/lookup-self")).toBe(403);
    expect(await status(token, "POST", "auth/token/revoke-self")).toBe(403);
  });
  it("revoke leases where their policy says so", async () => {
    expect(await status(app, "PUT", "sys/leases/revoke", { lease_id: "database/creds/app/none" })).toBe(204);
    expect(await status(app, "PUT", "sys/leases/revoke", {})).toBe(400);
    expect(await status(audit, "PUT", "sys/leases/revoke", { lease_id: "a/b/c" })).toBe(403);
  });
  it("end with their time, and look invented then", async () => {
    const token = await sides.issued({ policies: ["app"], ttl: 1 });
    await sides.lapse(token);
    expect(await status(token, "GET", "auth/token/lookup-self")).toBe(403);
    expect(await status(token, "GET", "secret/data/app/db")).toBe(403);
  });

  describe("wrapped", () => {
    it("are unwrapped once", async () => {
      const token = await sides.wrapped({ policies: ["app"] });
      expect(await status(token, "POST", "sys/wrapping/unwrap")).toBe(200);
      expect(await status(token, "POST", "sys/wrapping/unwrap")).toBe(400);
    });
    it("are unwrapped by somebody else", async () => {
      const token = await sides.wrapped({ policies: ["app"] });
      const open = (side: Side) =>
        ask(side.url, "POST", "sys/wrapping/unwrap", { token: app, body: { token: token(side) } });
      expect((await sides.same(open)).status).toBe(200);
    });
    it("are not unwrapped by a token that is not known", async () => {
      expect(await status(undefined, "POST", "sys/wrapping/unwrap")).toBe(403);
      expect(await status(invented, "POST", "sys/wrapping/unwrap")).toBe(400);
      expect(await status(app, "POST", "sys/wrapping/unwrap", { token: invented })).toBe(400);
    });
    it("are lost if the wrapping token is used for anything else", async () => {
      const token = await sides.wrapped({ policies: ["app"] });
      expect(await status(token, "GET", "auth/token/lookup-self")).toBe(403);
      expect(await status(token, "POST", "sys/wrapping/unwrap")).toBe(400);
    });
  });

  describe("from a login", () => {
    type Body = (by: VaultCredentials) => unknown;
    const byApprole: Body = ({ approle }) => ({ role_id: approle.roleId, secret_id: approle.secretId });
    const logIn = (side: Side, path: string, body: Body, method = "POST") => {
      const by = side.credentials["app"];
      if (!by) throw new Error("The seed has no app.");
      return ask(side.url, method, path, { body: body(by) });
    };
    const tokenOf = async (side: Side, path: string, body: Body): Promise<string> =>
      String((await logIn(side, path, body)).body?.auth?.["client_token"]);

    it.each<[string, string, Body]>([
      ["AppRole", "auth/approle/login", byApprole],
      ["AppRole on another mount", "auth/team/approle/login", byApprole],
      ["user name", "auth/userpass/login/app", ({ userpass }) => ({ password: userpass.password })],
      ["JWT", "auth/jwt/login", ({ jwt: { role, jwt } }) => ({ role, jwt })],
    ])("by %s", async (_, path, body) => {
      expect((await sides.same((side) => logIn(side, path, body))).status).toBe(200);
      const lookup = await sides.same(async (side) =>
        ask(side.url, "GET", "auth/token/lookup-self", { token: await tokenOf(side, path, body) }),
      );
      expect(lookup.body?.data).toMatchObject({ path, creation_ttl: 1200 });
    });
    it("by PUT", async () => {
      expect((await sides.same((side) => logIn(side, "auth/approle/login", byApprole, "PUT"))).status).toBe(200);
    });
    it("are renewed up to the role's limit, with a warning", async () => {
      const renewed = await sides.same(async (side) => {
        const token = await tokenOf(side, "auth/approle/login", byApprole);
        return wholeHour(await ask(side.url, "POST", "auth/token/renew-self", { token, body: { increment: "2h" } }));
      });
      expect(renewed.body?.warnings).toHaveLength(1);
    });

    it.each<[string, string, Body, number]>([
      [
        "a wrong secret id",
        "auth/approle/login",
        ({ approle }) => ({ role_id: approle.roleId, secret_id: "vlcanary-wrong" }),
        400,
      ],
      ["a wrong role id", "auth/approle/login", () => ({ role_id: "nobody", secret_id: "vlcanary-wrong" }), 400],
      ["a wrong role id alone", "auth/approle/login", () => ({ role_id: "nobody" }), 400],
      ["no secret id", "auth/approle/login", ({ approle }) => ({ role_id: approle.roleId }), 400],
      ["no role id", "auth/approle/login", () => ({}), 500],
      ["a wrong password", "auth/userpass/login/app", () => ({ password: "vlcanary-wrong" }), 400],
      ["an unknown user", "auth/userpass/login/nobody", () => ({ password: "vlcanary-wrong" }), 400],
      ["no password", "auth/userpass/login/app", () => ({}), 500],
      ["a JWT role that is not there", "auth/jwt/login", ({ jwt }) => ({ role: "nobody", jwt: jwt.jwt }), 400],
      ["no JWT", "auth/jwt/login", () => ({ role: "app" }), 400],
      ["no JWT role", "auth/jwt/login", ({ jwt }) => ({ jwt: jwt.jwt }), 400],
      ["a method that is not mounted", "auth/nowhere/login", () => ({}), 403],
    ])("are not given for %s", async (_, path, body, expected) => {
      expect((await sides.same((side) => logIn(side, path, body))).status).toBe(expected);
    });
  });
}

/** A renewal's limit is what is left of the hour since the login: a second of it may have gone, on one side alone. */
function wholeHour(reply: Reply): Reply {
  const text = JSON.stringify(reply.body).replaceAll('"lease_duration":3599', '"lease_duration":3600');
  return { ...reply, body: JSON.parse(text.replaceAll("59m59s", "1h")) as Reply["body"] };
}
