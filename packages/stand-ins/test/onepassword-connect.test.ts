import { afterEach, beforeEach, expect, it } from "vitest";
import { CANARY, manualClock, type OnePasswordConnectStandIn, startOnePasswordConnect } from "../src/index.ts";

let vault: OnePasswordConnectStandIn;
beforeEach(async () => {
  vault = await startOnePasswordConnect({ clock: manualClock(59_000) });
});
afterEach(() => vault.stop().catch(() => undefined));

/** Asks as somebody. */
async function ask(path: string, who = "app", init: RequestInit = {}): Promise<{ status: number; body: unknown }> {
  const headers = { authorization: `Bearer ${vault.tokenOf(who)}` };
  const response = await fetch(`${vault.url}${path}`, { headers, ...init });
  const type = response.headers.get("content-type") ?? "";
  return { status: response.status, body: type.includes("json") ? await response.json() : await response.text() };
}

const items = (title: string): string =>
  `/v1/vaults/${vault.idOf("App")}/items?filter=${encodeURIComponent(`title eq "${title}"`)}`;

it("gives vaults, items, fields and files as the published description has them", async () => {
  expect((await ask("/v1/vaults")).body).toMatchObject([
    { name: "App", type: "USER_CREATED" },
    { name: "Second" },
    { name: "Many", items: 100 },
    { name: "Sealed" },
  ]);
  expect((await ask('/v1/vaults?filter=name eq "Second"')).body).toHaveLength(1);
  const id = vault.idOf("App", "sections");
  expect((await ask(items("sections"))).body).toMatchObject([
    { id, title: "sections", vault: { id: vault.idOf("App") } },
  ]);
  const { body } = await ask(`/v1/vaults/${vault.idOf("App")}/items/${id}`);
  expect(body).toMatchObject({
    sections: [
      { id: "one", label: "First" },
      { id: "two", label: "Second" },
    ],
    fields: [{ label: "top" }, { label: "password", section: { id: "one" } }, { section: { id: "two" } }],
  });
  const files = `/v1/vaults/${vault.idOf("App")}/items/${vault.idOf("App", "files")}/files`;
  const [{ content_path: path }] = (await ask(files)).body as [{ content_path: string }];
  expect((await ask(path)).body === `${CANARY}file`).toBe(true);
});

it("makes one-time passwords of its own time", async () => {
  const path = `/v1/vaults/${vault.idOf("App")}/items/${vault.idOf("App", "otp")}`;
  expect((await ask(path)).body).toMatchObject({ fields: [{ type: "OTP", totp: "996554" }, {}] });
});

it("lets each token see its own vaults, until it is revoked or replaced", async () => {
  const report = `/v1/vaults/${vault.idOf("Audit")}/items/${vault.idOf("Audit", "report")}`;
  expect([(await ask(report)).status, (await ask(report, "audit")).status]).toEqual([403, 200]);
  const before = { headers: { authorization: `Bearer ${vault.tokenOf("app")}` } };
  vault.rotate("app");
  expect([(await ask("/v1/vaults", "app", before)).status, (await ask("/v1/vaults")).status]).toEqual([401, 200]);
  vault.revoke("app");
  expect((await ask("/v1/vaults")).status).toBe(401);
  expect(vault.log.requests.map(({ credential }) => credential)).toEqual(["app", "audit", "unknown", "app", "app"]);
});

it("refuses what means nothing in the vendor's form", async () => {
  const { body, status } = await ask(`/v1/vaults/${vault.idOf("App")}/items/nothing`);
  expect([status, body]).toEqual([404, { status: 404, message: "item nothing not found" }]);
  expect((await ask("/v1/vaults?filter=name co x")).status).toBe(400);
  expect((await fetch(`${vault.url}/v1/vaults`)).status).toBe(401);
  expect((await fetch(`${vault.url}/heartbeat`)).status).toBe(200);
});

it.each(["POST", "PUT", "PATCH", "DELETE"])("fails the test on %s", async (method) => {
  expect((await ask(`/v1/vaults/${vault.idOf("App")}/items`, "app", { method })).status).toBe(500);
  await expect(vault.stop()).rejects.toThrow("Writing calls reached a read-only vault");
});
