import { CANARY, startFaulty, startOnePassword, THROTTLED_FOR_MS } from "@vaultlink/stand-ins";
import type { Subject } from "@vaultlink/testkit";
import { onePassword, plugin } from "../src/index.ts";

const at = (path: string, query: Readonly<Record<string, string>> = {}): Subject["missing"] => ({ path, query });

/** The conformance subject on the stand-in; `stop` ends its servers. */
export async function standInSubject(): Promise<Subject & { readonly stop: () => Promise<void> }> {
  const vault = await startOnePassword();
  const lapsing = await startOnePassword({ keys: "lapsing" });
  const stranger = await startOnePassword({ keys: "stranger" });
  const faulty = await startFaulty(startOnePassword);
  const token = vault.tokenOf("app");
  vault.put("App", "changing", { password: `${CANARY}unchanged` });
  return {
    provider: () => onePassword(),
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
    denied: at("Sealed/db/password"),
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
    // The tokens hold the marker three times encoded; that of the subject is looked for as it is.
    canaries: [CANARY, token, vault.tokenOf("audit")],
    broken: (fault) => {
      if (fault === "bad-credentials") return onePassword({ auth: { token: stranger.tokenOf("app", vault.url) } });
      if (fault === "lapse") {
        lapsing.rotate("app");
        return onePassword({ auth: { token: lapsing.tokenOf("app") } });
      }
      return onePassword({ auth: { token: faulty.servers[fault].tokenOf("app") } });
    },
    // The SDK signs in anew by itself: two requests more than the four that a read makes.
    requestsPerLapse: 6,
    lapse: () => lapsing.revoke("app"),
    requests: () => vault.log.count() + lapsing.log.count() + faulty.requests(),
    writes: () => vault.log.writes.length + lapsing.log.writes.length + faulty.writes(),
    throttledForMs: THROTTLED_FOR_MS,
    witness: () => faulty.sightings(CANARY),
    redirected: faulty.redirected,
    other: () => onePassword(),
    otherEnv: { OP_SERVICE_ACCOUNT_TOKEN: vault.tokenOf("audit") },
    interactive: { provider: () => onePassword(), answer: () => token },
    listed: "App/",
    found: () => onePassword(),
    plugin,
    badOptions: [
      { option: "rememberMinutes", options: { rememberMinutes: 1441 } },
      { option: "requestTimeoutMs", options: { requestTimeoutMs: 0 } },
    ],
    identifiers: [
      { identifier: "op://App/db/password", parsed: { locator: at("App/db/password") } },
      {
        identifier: "op://App/otp/one-time password?attribute=otp",
        parsed: { locator: at("App/otp/one-time password", { attribute: "otp" }) },
      },
    ],
    ignoredEnv: { WATCH_REPORT_DEPENDENCIES: "Node's own switch, read when it starts a thread" },
    fresh: FRESH,
    stop: async () => {
      await Promise.all([faulty, lapsing, stranger, vault].map((server) => server.stop()));
    },
  };
}

/** The same subject in a process of its own, for what this one has loaded long ago. */
const FRESH: NonNullable<Subject["fresh"]> = {
  module: new URL("fresh.ts", import.meta.url),
  sdk: ["@1password/sdk", "@1password/sdk-core"],
  nodeOptions: ["--conditions=source"],
};
