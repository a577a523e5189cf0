import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FaultSpec, startVault, type VaultStandIn, witness } from "../src/index.ts";
import { ask, type Reply } from "./ask.ts";

let vault: VaultStandIn;
let token: string;

beforeEach(async () => {
  vault = await startVault();
  token = vault.credentials["app"]?.token ?? "";
});
afterEach(() => vault.stop().catch(() => undefined));

const read = (): Promise<Reply> => ask(vault.url, "GET", "secret/data/app/db", { token });
const codeOf = (error: unknown): unknown => ((error as Error).cause as { code?: unknown } | undefined)?.code;

describe("faults that stand in for the answer", () => {
  const on = "GET /v1/secret/*";
  it.each<[string, FaultSpec, Partial<Reply>]>([
    ["a status", { on, kind: "status", status: 502 }, { status: 502 }],
    ["a status and a body", { on, kind: "status", status: 500, body: "down" }, { status: 500, text: "down" }],
    ["a sign-in page", { on, kind: "html" }, { status: 200, body: undefined }],
    ["an error without a body", { on, kind: "empty" }, { status: 500, text: "" }],
    ["an empty 503", { on, kind: "empty", status: 503 }, { status: 503, text: "" }],
    ["what is no JSON", { on, kind: "invalid-json" }, { status: 200, body: undefined }],
  ])("%s", async (_, fault, expected) => {
    vault.fault(fault);
    expect(await read()).toMatchObject(expected);
  });

  it.each([[1], [3600], ["soon"], ["Thu, 01 Jan 2026 00:01:00 GMT"]])(
    "throttling with Retry-After %s",
    async (retryAfter) => {
      vault.fault({ on: "*", kind: "throttle", retryAfter });
      const { status, headers } = await read();
      expect([status, headers.get("retry-after")]).toEqual([429, String(retryAfter)]);
    },
  );

  it("a drop before the headers", async () => {
    vault.fault({ on: "*", kind: "drop" });
    expect(await read().catch(codeOf)).toBe("ECONNRESET");
    expect(vault.log.requests[0]).not.toHaveProperty("status");
  });

  it("a hang before the headers", async () => {
    vault.fault({ on: "*", kind: "hang" });
    const signal = AbortSignal.timeout(50);
    await expect(fetch(`${vault.url}/v1/sys/health`, { signal })).rejects.toThrow("timeout");
  });

  it("a hang after the headers", async () => {
    vault.fault({ on: "*", kind: "hang", at: "body" });
    const response = await fetch(`${vault.url}/v1/sys/health`, { signal: AbortSignal.timeout(500) });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow("timeout");
  });

  it("happen instead of what was asked, or after it", async () => {
    vault.fault({ on: "database.creds", kind: "status", status: 500, times: 1 });
    await ask(vault.url, "GET", "database/creds/app", { token });
    expect(vault.leases()).toHaveLength(0);
    vault.fault({ on: "database.creds", kind: "drop", when: "after" });
    await ask(vault.url, "GET", "database/creds/app", { token }).catch(() => undefined);
    expect(vault.leases()).toHaveLength(1);
  });
});

describe("faults that spoil the answer", () => {
  it("a cut in mid-body", async () => {
    vault.fault({ on: "*", kind: "cut" });
    const response = await fetch(`${vault.url}/v1/sys/health`);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow("terminated");
  });

  it("a slow drip arrives whole", async () => {
    const whole = (await read()).body?.data;
    vault.fault({ on: "*", kind: "drip" });
    expect((await read()).body?.data).toEqual(whole);
  });

  it("a truncated body, a wrong type, a body far too large", async () => {
    vault.fault({ on: "*", kind: "truncated", times: 1 });
    expect(await read()).toMatchObject({ status: 200, body: undefined });
    vault.fault({ on: "*", kind: "content-type", times: 1 });
    expect((await read()).headers.get("content-type")).toBe("text/plain");
    vault.fault({ on: "*", kind: "oversize", times: 1 });
    expect((await read()).text.length).toBeGreaterThan(5 * 1024 * 1024);
  });
});

describe("which requests a fault hits", () => {
  it("only so many, counted", async () => {
    const fault = vault.fault({ on: "kv2.read", kind: "empty", times: 2 });
    const statuses = [(await read()).status, (await read()).status, (await read()).status];
    expect([statuses, fault.hits]).toEqual([[500, 500, 200], 2]);
    expect(vault.log.requests.map(({ fault: name }) => name)).toEqual(["empty", "empty", undefined]);
  });

  it("only those of its pattern, until cleared", async () => {
    vault.fault({ on: "POST *", kind: "empty" });
    const health = vault.fault({ on: "GET /v1/sys/*", kind: "empty" });
    expect((await read()).status).toBe(200);
    expect((await ask(vault.url, "GET", "sys/health")).status).toBe(500);
    health.clear();
    expect((await ask(vault.url, "GET", "sys/health")).status).toBe(200);
    expect((await ask(vault.url, "POST", "auth/approle/login", { body: {} })).text).toBe("");
    vault.clearFaults();
    expect((await ask(vault.url, "POST", "auth/approle/login", { body: {} })).body?.errors).toHaveLength(1);
  });
});

describe("hosts", () => {
  it("that were not started for are refused and logged", async () => {
    const status = await new Promise((resolve, reject) => {
      const headers = { host: "vault.example.com", "x-vault-token": token };
      httpRequest(`${vault.url}/v1/secret/data/app/db`, { headers }, ({ statusCode }) => resolve(statusCode))
        .once("error", reject)
        .end();
    });
    expect([status, vault.log.counts]).toEqual([421, { "wrong-host": 1 }]);
  });

  it("a redirect leads to see what arrives there", async () => {
    const elsewhere = await witness();
    vault.fault({ on: "*", kind: "redirect", to: elsewhere.url });
    const redirected = await read();
    expect(redirected.headers.get("location")).toBe(`${elsewhere.url}/v1/secret/data/app/db`);
    expect(elsewhere.sightings).toEqual([]);
    await fetch(String(redirected.headers.get("location")), { headers: { "x-vault-token": token } });
    await fetch(`${elsewhere.url}/innocent`, { method: "POST", body: "nothing" });
    expect(elsewhere.sightings).toEqual([
      { method: "GET", path: "/v1/secret/data/app/db", credentials: ["x-vault-token"], canary: true },
      { method: "POST", path: "/innocent", credentials: [], canary: false },
    ]);
    await elsewhere.stop();
  });
});

describe("writing calls", () => {
  it.each([
    ["POST", "secret/data/app/db"],
    ["PUT", "kv1/app/plain"],
    ["DELETE", "secret/data/app/db"],
    ["PATCH", "secret/data/app/db"],
    ["POST", "auth/token/create"],
    ["POST", "auth/approle/role/app/secret-id"],
    ["POST", "sys/mounts/new"],
    ["DELETE", "sys/policies/acl/app"],
  ])("%s %s changes nothing and fails the stop", async (method, path) => {
    const before = await read();
    const { status } = await ask(vault.url, method, path, { token: vault.rootToken, body: { data: {} } });
    expect(status).toBe(500);
    expect((await read()).body?.data).toEqual(before.body?.data);
    expect(vault.log.writes).toHaveLength(1);
    vault.log.clear();
    await expect(vault.stop()).rejects.toThrow(`${method} /v1/${path}`);
  });

  it("do not include logins, own tokens and leases", async () => {
    await ask(vault.url, "POST", "auth/approle/login", { body: {} });
    await ask(vault.url, "PUT", "sys/leases/revoke", { token, body: { lease_id: "a" } });
    await ask(vault.url, "POST", "auth/token/renew-self", { token });
    await ask(vault.url, "POST", "auth/token/revoke-self", { token });
    await expect(vault.stop()).resolves.toBeUndefined();
  });
});

describe("a stand-in", () => {
  it("gives the same ids and times in every run", async () => {
    const other = await startVault();
    const [one, two] = [await read(), await ask(other.url, "GET", "secret/data/app/db", { token })];
    expect([one.text, one.headers.get("date")]).toEqual([two.text, two.headers.get("date")]);
    await other.stop();
  });

  it("tells its clock's time", async () => {
    vault.clock.advance(400 * 86_400_000);
    expect(new Date(String((await read()).headers.get("date"))).getTime()).toBe(vault.clock.now());
  });

  it("stops listening, and hangs up on who waits", async () => {
    vault.fault({ on: "*", kind: "hang" });
    const waiting = read().catch(codeOf);
    await expect.poll(() => vault.log.count()).toBe(1);
    await vault.stop();
    expect(await waiting).toBe("UND_ERR_SOCKET");
    const refused = new Promise((resolve) => {
      const socket = connect(Number(new URL(vault.url).port), "127.0.0.1");
      socket.once("error", () => resolve(true)).once("connect", () => resolve(false));
    });
    expect(await refused).toBe(true);
  });

  it("takes the port it is given", async () => {
    const { port } = new URL(vault.url);
    await vault.stop();
    const again = await startVault({ port: Number(port) });
    expect(again.url).toBe(vault.url);
    await again.stop();
  });
});
