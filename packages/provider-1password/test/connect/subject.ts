import { CANARY, startFaulty, startOnePasswordConnect, THROTTLED_FOR_MS } from "@vaultlink/stand-ins";
import type { Subject } from "@vaultlink/testkit";
import { onePassword, plugin } from "../../src/index.ts";

const at = (path: string, query: Readonly<Record<string, string>> = {}): Subject["missing"] => ({ path, query });

/** The conformance subject on the stand-in for a Connect server; `stop` ends its servers. */
export async function connectSubject(): Promise<Subject & { readonly stop: () => Promise<void> }> {
  const vault = await startOnePasswordConnect();
  const lapsing = await startOnePasswordConnect({ keys: "lapsing" });
  const faulty = await startFaulty(startOnePasswordConnect);
  const token = vault.tokenOf("app");
  const connect = (host: string, given?: string): ReturnType<typeof onePassword> =>
    onePassword({ auth: { method: "connect", host, ...(given !== undefined && { token: given }) } });
  vault.put("App", "changing", { password: `${CANARY}unchanged` });
  return {
    provider: () => onePassword({ auth: { method: "connect" } }),
    env: vault.env,
    existing: [
      { locator: at("App/db/password"), value: `${CANARY}db-password` },
      { locator: at("app/api key/Access Token"), value: `${CANARY}api-token` },
      { locator: at("App/sections/First/password"), value: `${CANARY}first` },
      { locator: at("Second/db/password"), value: `${CANARY}second-db` },
      { locator: at("App/files/config.txt"), value: `${CANARY}file` },
    ],
    alias: at(`${vault.idOf("App")}/${vault.idOf("App", "db")}/password`),
    missing: at("App/nothing/password"),
    denied: at(`${vault.idOf("Audit")}/${vault.idOf("Audit", "report")}/password`),
    unusable: at(`App/${vault.idOf("App", "archived")}/password`),
    impossible: at("App/db"),
    bytes: {
      locator: at("App/files/key.bin"),
      value: Uint8Array.from([255, 0, 128, ...Buffer.from(`${CANARY}bytes`)]),
    },
    empty: { locator: at("App/API Key/empty"), value: "" },
    changing: {
      locator: at("App/changing/password"),
      change: () => {
        // Another item under the name: what was learnt of the first must not count.
        vault.rename("App", "changing", "was changing");
        vault.put("App", "changing", { password: `${CANARY}changed` });
        return `${CANARY}changed`;
      },
    },
    canaries: [CANARY],
    broken: (fault) => {
      if (fault === "bad-credentials") return connect(vault.url, `${CANARY}stranger`);
      if (fault === "lapse") {
        lapsing.rotate("app");
        return connect(lapsing.url, lapsing.tokenOf("app"));
      }
      return connect(faulty.servers[fault].url, faulty.servers[fault].tokenOf("app"));
    },
    lapse: () => lapsing.rotate("app"),
    requests: () => vault.log.count() + lapsing.log.count() + faulty.requests(),
    writes: () => vault.log.writes.length + lapsing.log.writes.length + faulty.writes(),
    throttledForMs: THROTTLED_FOR_MS,
    witness: () => faulty.sightings(CANARY),
    redirected: faulty.redirected,
    other: () => onePassword({ auth: { method: "connect" } }),
    otherEnv: { OP_CONNECT_HOST: vault.url, OP_CONNECT_TOKEN: vault.tokenOf("audit") },
    interactive: { provider: () => connect(vault.url), answer: () => token },
    listed: "App/",
    found: () => onePassword({ auth: { method: "connect" } }),
    insecure: () => connect("http://vault.example"),
    plugin,
    badOptions: [{ option: "auth.method", options: { auth: { method: "guess" } } }],
    identifiers: [{ identifier: "op://App/db/password", parsed: { locator: at("App/db/password") } }],
    fresh: {
      module: new URL("fresh.ts", import.meta.url),
      sdk: ["@1password/sdk", "@1password/sdk-core"],
      nodeOptions: ["--conditions=source"],
    },
    stop: async () => {
      await Promise.all([faulty, lapsing, vault].map((server) => server.stop()));
    },
  };
}
