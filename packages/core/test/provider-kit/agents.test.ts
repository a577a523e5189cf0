import { afterEach, expect, it, vi } from "vitest";
import { createAgents, createHttpsAgent } from "../../src/provider.ts";

afterEach(() => vi.unstubAllEnvs());

it("checks certificates whatever Node was told", () => {
  vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
  expect(createHttpsAgent().options).toMatchObject({ rejectUnauthorized: true, keepAlive: true });
});

it("trusts whom the connection trusts, and goes through its proxy", () => {
  const proxyEnv = { HTTPS_PROXY: "http://127.0.0.1:3128" };
  const agents = createAgents({ ca: ["pem"], proxyEnv, maxSockets: 3 });
  expect(agents.https.options).toMatchObject({ ca: ["pem"], allowPartialTrustChain: true, proxyEnv });
  expect([agents.http.maxSockets, agents.https.maxSockets]).toEqual([3, 3]);
  expect(agents.http).not.toHaveProperty("options.proxyEnv");
  agents.destroy();
});

it("shows the client's own certificate, and asks for the server's by name", () => {
  const own = { cert: "cert", key: "key", servername: "vault.example.com" };
  expect(createHttpsAgent(own).options).toMatchObject(own);
});

it("lets Node choose where nothing is said", () => {
  const { options } = createHttpsAgent();
  for (const name of ["ca", "proxyEnv", "cert", "key", "servername", "allowPartialTrustChain"]) {
    expect(options).not.toHaveProperty(name);
  }
});
