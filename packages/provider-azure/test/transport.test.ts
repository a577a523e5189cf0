import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { describe, expect, it, onTestFinished } from "vitest";
import type { AzureOptions } from "../src/index.ts";
import { connectProxy } from "@vaultlink/test-support";
import { type SovereignCloud, sovereignCloud } from "./sovereign.ts";
import { context, locator, readOne, refused, useAzure, withSession } from "./support.ts";

const server = useAzure();

const CLOUDS = [
  ["public", "vault.azure.net", "login.microsoftonline.com"],
  // The SDK knows that Entra has moved there.
  ["china", "vault.azure.cn", "login.partner.microsoftonline.cn"],
  ["us-government", "vault.usgovcloudapi.net", "login.microsoftonline.us"],
] as const;

async function cloud(domain: string, authority: string): Promise<SovereignCloud> {
  const started = await sovereignCloud(domain, authority);
  onTestFinished(() => started.stop());
  return started;
}

describe("the cloud", () => {
  it.each(CLOUDS)("%s is asked under its own names, for a token of its own", async (name, domain, authority) => {
    const { azure, proxy, env } = await cloud(domain, authority);
    expect(await readOne({ vault: "app", cloud: name }, { env })).toBe("api-key");
    expect(new Set(proxy.asked)).toEqual(new Set([`app.${domain}:443`, `${authority}:443`]));
    expect(azure.log.counts).toMatchObject({ "secrets.challenge": 1, "entra.token": 1, "secrets.get": 1 });
  });

  it.each(CLOUDS)("%s is known by the vault's address", async (_, domain, authority) => {
    const { env } = await cloud(domain, authority);
    expect(await readOne({ vaultUrl: `https://app.${domain}` }, { env })).toBe("api-key");
  });

  it("whose vault wants a token for something else gets none", async () => {
    const { azure, env } = await cloud("vault.azure.net", "login.microsoftonline.com");
    const elsewhere = 'Bearer authorization="https://login.microsoftonline.com/t", resource="https://example.com"';
    azure.fault({ on: "secrets.challenge", kind: "status", status: 401, headers: { "www-authenticate": elsewhere } });
    const { code, message } = await refused(readOne({ vault: "app" }, { env }));
    expect([code, message]).toEqual([
      "invalid_config",
      "What answers at the key vault's address wants a token that is not for it.",
    ]);
    expect(azure.log.count("entra.*")).toBe(0);
  });
});

describe("a proxy", () => {
  it("is left aside where NO_PROXY says so", async () => {
    const proxy = await connectProxy({ leads: {} });
    onTestFinished(() => proxy.stop());
    const env = { ...server.azure.env, HTTPS_PROXY: proxy.url, NO_PROXY: "127.0.0.1" };
    expect(await readOne({}, { env })).toBe("api-key");
    expect(proxy.asked).toEqual([]);
  });
});

describe("a certificate of one's own", () => {
  it.each<[string, () => AzureOptions]>([
    ["from an option", () => ({ ca: server.azure.ca })],
    ["from a file", () => ({ caFile: server.azure.caFile })],
  ])("is trusted %s, for Entra as well", async (_, options) => {
    const { NODE_EXTRA_CA_CERTS: __, ...env } = server.azure.env;
    expect(await readOne(options(), { env })).toBe("api-key");
  });

  it("is refused before anything is sent if it is none, or cannot be read", async () => {
    for (const options of [{ ca: "vlcanary-no-certificate" }, { caFile: "/nowhere/ca.pem" }]) {
      expect((await refused(readOne(options, { env: server.azure.env }))).code).toBe("invalid_config");
    }
    expect(server.azure.log.count()).toBe(0);
  });
});

describe("a call", () => {
  const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

  it.each(["throttle", "drop", "html", "empty"] as const)("that meets %s is sent once", async (kind) => {
    await withSession({}, { env: server.azure.env }, async (session) => {
      const fault = server.azure.fault({ on: "secrets.get", kind });
      await refused(session.read(locator("api-key"), context()));
      expect(fault.hits).toBe(1);
    });
  });

  it("that is aborted ends at once, and the next one is not disturbed", async () => {
    await withSession({}, { env: server.azure.env }, async (session) => {
      const controller = new AbortController();
      const hung = server.azure.fault({ on: "secrets.get", kind: "hang" });
      const call = refused(session.read(locator("api-key"), context({ signal: controller.signal })));
      while (hung.hits === 0) await turn();
      controller.abort();
      expect((await call).code).toBe("aborted");
      hung.clear();
      expect((await session.read(locator("api-key"), context())).version).toBeDefined();
    });
  });

  it.each(["secrets.challenge", "entra.discovery", "entra.token"])(
    "of open that hangs at %s ends when it is aborted",
    async (on) => {
      const controller = new AbortController();
      const hung = server.azure.fault({ on, kind: "hang" });
      const call = refused(readOne({}, { env: server.azure.env, signal: controller.signal }));
      while (hung.hits === 0) await turn();
      controller.abort();
      expect((await call).code).toBe("aborted");
    },
  );

  it("that nobody takes is made once, where the SDK alone would try for six seconds", async () => {
    const nobody = "127.0.0.1:9";
    const made: unknown[] = [];
    const count = (message: unknown): void => void made.push(message);
    await withSession(
      { vaults: [server.azure.url, `https://${nobody}`] },
      { env: server.azure.env },
      async (session) => {
        subscribe("net.client.socket", count);
        onTestFinished(() => void unsubscribe("net.client.socket", count));
        expect((await refused(session.read(locator(`${nobody}/api-key`), context()))).code).toBe("unavailable");
        expect(made).toHaveLength(1);
      },
    );
  });

  it("follows no redirect of Entra's either", async () => {
    server.azure.fault({ on: "entra.token", kind: "redirect", to: server.azure.url });
    expect((await refused(readOne({}, { env: server.azure.env }))).code).toBe("unavailable");
    expect(server.azure.log.counts).toEqual({ "secrets.challenge": 1, "entra.discovery": 1, "entra.token": 1 });
  });
});
