import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AzureStandIn, AZURE_SEED, startAzure } from "../src/index.ts";
import { askTls, type TlsAnswer } from "./ask-tls.ts";

let azure: AzureStandIn;
beforeEach(async () => {
  azure = await startAzure();
});
afterEach(() => azure.stop());

const app = AZURE_SEED.applications["app"] as NonNullable<(typeof AZURE_SEED.applications)[string]>;
const read = (path: string, token?: string, vault = azure.url): Promise<TlsAnswer> =>
  askTls(`${vault}/${path}${path.includes("?") ? "&" : "?"}api-version=7.6`, { ca: azure.ca, token });
const code = ({ status, body }: TlsAnswer): readonly unknown[] => {
  const error = body["error"] as { code?: string; innererror?: { code: string } } | undefined;
  return [status, error?.innererror?.code ?? error?.code];
};
const entra = (form: Readonly<Record<string, string>>, path = "token", tenant = AZURE_SEED.tenant) =>
  askTls(`${azure.authority}/${tenant}/oauth2/v2.0/${path}`, { ca: azure.ca, form });
const scope = "https://vault.azure.net/.default offline_access";
const login = { grant_type: "client_credentials", client_id: app.clientId, client_secret: app.secret, scope };
const numbers = ({ status, body }: TlsAnswer): readonly unknown[] => [status, body["error"], body["error_codes"]];
const tokenOf = ({ body }: TlsAnswer): string => String(body["access_token"]);

describe("a key vault", () => {
  it("says where to get a token, and takes it", async () => {
    const { status, headers } = await read("secrets/api-key");
    expect(status).toBe(401);
    expect(headers["www-authenticate"]).toBe(
      `Bearer authorization="${azure.authority}/${AZURE_SEED.tenant}", resource="https://vault.azure.net"`,
    );
    const { body } = await read("secrets/api-key", tokenOf(await entra(login)));
    expect(body["value"]).toMatch(/^vlcanary-/);
    expect(azure.log.counts).toEqual({ "secrets.challenge": 1, "entra.token": 1, "secrets.get": 1 });
    expect(azure.log.requests.map(({ credential }) => credential)).toEqual(["none", "app", "app"]);
  });

  it("gives versions, and tells what cannot be given", async () => {
    const token = azure.issue("app");
    const version = (await read("secrets/db/00000000000000000000000000000001", token)).body["id"];
    expect(version).toBe(`${azure.url}/secrets/db/00000000000000000000000000000001`);
    const told = async (path: string, vault?: string) => code(await read(`secrets/${path}`, token, vault));
    expect(await told("none")).toEqual([404, "SecretNotFound"]);
    expect(await told("deleted")).toEqual([404, "SecretNotFound"]);
    expect(await told("disabled")).toEqual([403, "SecretDisabled"]);
    expect(await told("audit-report")).toEqual([403, "ForbiddenByRbac"]);
    expect(await told("other", azure.vaults["shared"])).toEqual([403, "ForbiddenByPolicy"]);
    expect(await told("token", azure.vaults["walled"])).toEqual([403, "ForbiddenByFirewall"]);
    expect(await told("a_b")).toEqual([400, "BadParameter"]);
    expect(await told("expired")).toEqual([200, undefined]);
    expect(code(await read("deletedsecrets/deleted", token))).toEqual([200, undefined]);
    expect(code(await read("deletedsecrets/deleted", azure.issue("single")))).toEqual([403, "ForbiddenByRbac"]);
  });

  it("lists by pages, without values", async () => {
    azure.set({ pageSize: 5 });
    const token = azure.issue("app");
    const first = await read("secrets?maxresults=25", token);
    const next = await askTls(String(first.body["nextLink"]), { ca: azure.ca, token });
    const names = [first, next]
      .flatMap(({ body }) => body["value"] as { id: string }[])
      .map(({ id }) => id.split("/").at(-1));
    expect(names.slice(0, 3)).toEqual(["api-key", "audit-report", "certificate"]);
    expect(new Set(names).size).toBe(10);
    expect(JSON.stringify(first.body)).not.toContain("vlcanary-");
  });

  it.each([
    ["of another audience", () => azure.issue("app", { audience: "https://management.azure.com" })],
    ["of another tenant", () => azure.issue("app", { tenant: AZURE_SEED.otherTenant })],
    ["that somebody else signed", () => `${azure.issue("app").slice(0, -8)}AAAAAAAA`],
    ["that is none", () => "token"],
  ])("refuses a token %s", async (_, token) => {
    expect(code(await read("secrets/db", token()))).toEqual([401, "Unauthorized"]);
  });

  it("refuses a token that has expired or was ended, and takes the next one", async () => {
    const token = azure.issue("app");
    azure.revoke("app");
    expect((await read("secrets/db", token)).status).toBe(401);
    const next = azure.issue("app");
    expect((await read("secrets/db", next)).status).toBe(200);
    azure.clock.advance(3_600_000);
    expect((await read("secrets/db", next)).status).toBe(401);
  });

  it("refuses writing calls, which fail the test", async () => {
    const other = await startAzure();
    await askTls(`${other.url}/secrets/db?api-version=7.6`, { ca: other.ca, method: "PUT", token: other.issue("app") });
    await expect(other.stop()).rejects.toThrow("Writing calls reached a read-only vault");
  });

  it("answers over plain http as well, and to other names", async () => {
    const other = await startAzure({ tls: false, hosts: ["*.vault.azure.cn"] });
    const { headers } = await askTls(`${other.url}/secrets/db`, { headers: { host: "app.vault.azure.cn" } });
    expect(headers["www-authenticate"]).toContain('resource="https://vault.azure.cn"');
    expect((await askTls(other.url, { headers: { host: "app.vault.azure.net" } })).status).toBe(421);
    await other.stop();
  });
});

describe("Entra", () => {
  it("tells wrong, expired and unknown clients apart", async () => {
    expect(numbers(await entra({ ...login, client_secret: "wrong" }))).toEqual([401, "invalid_client", [7000215]]);
    expect(numbers(await entra({ ...login, client_secret: app.formerSecret ?? "" }))).toEqual([
      401,
      "invalid_client",
      [7000222],
    ]);
    expect(numbers(await entra({ ...login, client_id: "nobody" }))).toEqual([400, "unauthorized_client", [700016]]);
    expect(numbers(await entra(login, "token", "nowhere"))).toEqual([400, "invalid_tenant", [90002]]);
  });

  it("takes a platform's token for an application, in its time", async () => {
    const { client_secret: _, ...federated } = login;
    const by = (assertion: string) => entra({ ...federated, client_assertion: assertion });
    expect((await by(azure.platformToken("app"))).status).toBe(200);
    expect(numbers(await by(azure.platformToken("app", -1)))).toEqual([401, "invalid_client", [700024]]);
    expect(numbers(await by(azure.issue("app")))).toEqual([401, "invalid_client", [700027]]);
  });

  it("gives a person's tokens for a code, bound to who began, once", async () => {
    const verifier = "verifier";
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    const query = `redirect_uri=http://localhost:1&state=s&code_challenge=${challenge}`;
    const page = await askTls(`${azure.authority}/common/oauth2/v2.0/authorize?${query}`, { ca: azure.ca });
    const redeemed = new URLSearchParams(String(page.body["form"])).get("code") ?? "";
    const form = { grant_type: "authorization_code", code: redeemed, scope, client_id: AZURE_SEED.publicClient };
    expect(numbers(await entra({ ...form, code_verifier: "another" }))).toEqual([400, "invalid_grant", [70000]]);
    const given = await entra({ ...form, code_verifier: verifier });
    expect((await read("secrets/api-key", tokenOf(given))).status).toBe(200);
    expect(numbers(await entra({ ...form, code_verifier: verifier }))[1]).toBe("invalid_grant");
    const renewal = { grant_type: "refresh_token", refresh_token: String(given.body["refresh_token"]), scope };
    expect((await entra(renewal)).status).toBe(200);
    azure.set({ interactionRequired: true });
    expect(numbers(await entra(renewal))).toEqual([400, "invalid_grant", [50078]]);
  });
});

describe("a machine", () => {
  const resource = "resource=https://vault.azure.net";
  const metadata = (query = "") =>
    askTls(`${azure.machine}/metadata/identity/oauth2/token?${resource}${query}`, { headers: { metadata: "true" } });

  it("gives its own token, or that of an identity assigned to it", async () => {
    expect((await read("secrets/api-key", tokenOf(await metadata()))).status).toBe(200);
    const assigned = AZURE_SEED.machines["assigned"]?.clientId ?? "";
    const token = tokenOf(await metadata(`&client_id=${assigned}`));
    expect((await read("secrets/token", token, azure.vaults["third"])).status).toBe(200);
    expect((await metadata("&client_id=nobody")).status).toBe(400);
  });

  it("demands the header of its platform", async () => {
    const url = `${azure.machine}/msi/token?${resource}`;
    expect((await askTls(url)).status).toBe(401);
    expect((await askTls(url, { headers: { "x-identity-header": AZURE_SEED.machineHeader } })).status).toBe(200);
  });

  it("of a pipeline gives a token that stands for an application", async () => {
    const { body } = await askTls(`${azure.machine}/oidc`, { method: "POST", token: AZURE_SEED.pipelineToken });
    const { clientId = "" } = AZURE_SEED.applications["single"] ?? {};
    const form = {
      grant_type: "client_credentials",
      client_id: clientId,
      client_assertion: String(body["oidcToken"]),
      scope,
    };
    expect((await entra(form)).status).toBe(200);
  });
});
