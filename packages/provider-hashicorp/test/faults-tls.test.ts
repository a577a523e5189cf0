import { createServer, type Server } from "node:http";
import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import { type Authority, CANARY, createAuthority, startVault, type VaultStandIn } from "@vaultlink/stand-ins";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { useHome } from "./home.ts";
import { open, refused } from "./support.ts";

/* Certificates that are not taken, each for its own reason. */

const home = useHome();
const DAY = 86_400_000;
const authority: Authority = createAuthority();
const certificates = {
  good: () => authority.issue(["127.0.0.1"]),
  foreign: () => authority.issue(["vault.example.test"]),
  expired: () => authority.issue(["127.0.0.1"], { from: Date.now() - 9 * DAY, until: Date.now() - DAY }),
  early: () => authority.issue(["127.0.0.1"], { from: Date.now() + DAY, until: Date.now() + 9 * DAY }),
};
type Kind = keyof typeof certificates;
const vaults = new Map<Kind, VaultStandIn>();
beforeAll(async () => {
  for (const kind of Object.keys(certificates) as Kind[]) {
    vaults.set(kind, await startVault({ tls: certificates[kind]() }));
  }
});
afterAll(() => Promise.all([...vaults.values()].map((vault) => vault.stop())));

beforeEach(() => {
  for (const vault of vaults.values()) vault.log.clear();
});

async function envOf(kind: Kind, trusted = true): Promise<Record<string, string>> {
  const env = { ...vaults.get(kind)?.env };
  return trusted ? { ...env, VAULT_CACERT: await home.keep("ca.pem", authority.ca) } : env;
}

it.each<[Kind, boolean, string, string]>([
  ["foreign", true, "for another host name", "VAULT_TLS_SERVER_NAME"],
  ["expired", true, "has expired", "renew"],
  ["early", true, "not valid yet", "clock"],
  ["good", false, "not trusted", "VAULT_CACERT"],
])("H7: says why a certificate is not taken: %s, its authority trusted: %s", async (kind, trusted, words, hint) => {
  const error = await refused(open(await envOf(kind, trusted)), "unavailable");
  expect(error.message).toContain(words);
  expect(error.details.hint).toContain(hint);
  expect(vaults.get(kind)?.log.count()).toBe(0);
});

it("H7: takes a certificate for the name that it is told to expect", async () => {
  const { session } = await open({ ...(await envOf("foreign")), VAULT_TLS_SERVER_NAME: "vault.example.test" });
  await session.close?.();
  const env = { ...(await envOf("good")), VAULT_TLS_SERVER_NAME: "vault.example.test" };
  expect((await refused(open(env), "unavailable")).message).toContain("for another host name");
});

/** Connects whoever asks to where they want to go. */
async function startProxy(): Promise<{ readonly server: Server; readonly url: string; readonly asked: string[] }> {
  const server = createServer();
  const asked: string[] = [];
  server.on("connect", (request, socket) => {
    asked.push(request.url ?? "");
    const [host, port] = (request.url ?? "").split(":");
    const upstream = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on("error", () => socket.destroy());
    socket.on("error", () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

it.each([
  { VAULT_PROXY_ADDR: "own", HTTPS_PROXY: "http://127.0.0.1:1", NO_PROXY: "127.0.0.1" },
  { VAULT_HTTP_PROXY: "own" },
  { BAO_PROXY_ADDR: "own", VAULT_HTTP_PROXY: "http://127.0.0.1:1" },
  { HTTPS_PROXY: "own" },
])("C1: goes by the proxy of %o, as the vault's own client does", async (variables) => {
  const proxy = await startProxy();
  try {
    const set = Object.entries(variables).map(([name, value]): [string, string] => [
      name,
      value === "own" ? proxy.url : value,
    ]);
    const { session } = await open({ ...(await envOf("good")), ...Object.fromEntries(set) });
    expect(proxy.asked).toHaveLength(1);
    await session.close?.();
  } finally {
    proxy.server.close();
    proxy.server.closeAllConnections();
  }
});

it.each([false, true])(
  "R17: checks certificates whatever the process's variables say (by a proxy: %s)",
  async (byProxy) => {
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    const proxy = byProxy ? await startProxy() : undefined;
    try {
      for (const [kind, trusted] of [
        ["good", false],
        ["foreign", true],
        ["expired", true],
      ] as const) {
        const more = { NODE_TLS_REJECT_UNAUTHORIZED: "0", ...(proxy && { HTTPS_PROXY: proxy.url }) };
        const env = { ...(await envOf(kind, trusted)), VAULT_TOKEN: `${CANARY}token`, ...more };
        await refused(open(env), "unavailable");
        expect(vaults.get(kind)?.log.count()).toBe(0);
      }
      expect(proxy?.asked.length).toBe(byProxy ? 3 : undefined);
    } finally {
      vi.unstubAllEnvs();
      proxy?.server.close();
      proxy?.server.closeAllConnections();
    }
  },
);
