import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startVault, type VaultStandIn } from "../src/index.ts";
import { ask } from "./ask.ts";

let vault: VaultStandIn;
let app: string;

beforeEach(async () => {
  vault = await startVault();
  app = vault.credentials["app"]?.token ?? "";
});
afterEach(() => vault.stop());

const get = (path: string, token?: string) => ask(vault.url, "GET", path, { token });

describe("releases and nodes that differ", () => {
  it.each([
    ["invalid-token", ["2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n"]],
    ["invalid-token-list", ["permission denied", "invalid token"]],
    ["bad-token", ["bad token"]],
  ] as const)("word an unknown token as %s", async (unknownToken, texts) => {
    vault.set({ unknownToken });
    expect((await get("secret/data/app/db", "vlcanary-invented")).body?.errors).toEqual(texts);
  });

  it("call for a token with 400", async () => {
    vault.set({ missingToken: 400 });
    const { status, body } = await get("secret/data/app/db");
    expect([status, body?.errors]).toEqual([400, ["missing client token"]]);
  });

  it("have no mounts endpoint, or refuse it", async () => {
    vault.set({ mountsEndpoint: "absent" });
    expect((await get("sys/internal/ui/mounts/secret/app/db", app)).status).toBe(404);
    vault.set({ mountsEndpoint: "refused" });
    expect((await get("sys/internal/ui/mounts/secret/app/db", app)).status).toBe(403);
  });

  it("are sealed and unsealed", async () => {
    vault.seal();
    expect((await get("secret/data/app/db", app)).status).toBe(503);
    expect((await get("sys/health")).status).toBe(503);
    vault.unseal();
    expect((await get("secret/data/app/db", app)).status).toBe(200);
  });

  it.each([429, 472, 473] as const)("are standbys that say %i without a text", async (standby) => {
    vault.set({ mode: { standby } });
    const { status, text } = await get("secret/data/app/db", app);
    expect([status, text]).toEqual([standby, ""]);
    expect((await get("sys/health")).status).toBe(standby);
  });

  it("are standbys that redirect to the active node", async () => {
    await using active = await disposable();
    vault.set({ mode: { standby: active.url } });
    const { status, headers } = await get("secret/data/app/db?version=1", app);
    expect([status, headers.get("location")]).toEqual([307, `${active.url}/v1/secret/data/app/db?version=1`]);
  });

  it("were never initialised", async () => {
    vault.set({ mode: "uninitialised" });
    expect((await get("sys/health")).status).toBe(501);
    expect((await get("secret/data/app/db", app)).status).toBe(503);
  });

  it("are behind", async () => {
    vault.set({ mode: "behind" });
    expect((await get("secret/data/app/db", app)).status).toBe(412);
  });

  it("limit the rate with a text", async () => {
    vault.fault({ on: "kv2.read", kind: "throttle", times: 1 });
    const { status, headers, body } = await get("secret/data/app/db", app);
    expect([status, headers.get("retry-after")]).toEqual([429, null]);
    expect(body?.errors).toEqual(['request path "secret/data/app/db": rate limit quota exceeded']);
  });
});

async function disposable(): Promise<VaultStandIn & AsyncDisposable> {
  const other = await startVault();
  return { ...other, [Symbol.asyncDispose]: () => other.stop() };
}
