import { type StandIn, standInSubject, type Subject } from "@vaultlink/testkit";
import { plugin } from "../src/plugin.ts";
import { globex } from "../src/provider.ts";
import { OTHER, startVault, USER } from "./vault.ts";

/** What the kit needs to know; `stop` ends the servers. */
export async function startSubject(): Promise<Subject & Pick<StandIn, "stop">> {
  const standIn = await startVault();
  const { vault, url } = standIn;
  let changes = 0;
  const connect = (at: string): ReturnType<typeof globex> => globex({ url: at });
  const subject = standInSubject(standIn, connect, {
    env: USER,
    existing: [
      { locator: { path: "app/db", query: {} }, value: { user: "db", password: "vlcanary-value" } },
      { locator: { path: "app/api", query: {} }, value: { key: "vlcanary-key-of-the-api" } },
    ],
    missing: { path: "app/none", query: {} },
    denied: { path: "audit/report", query: {} },
    unusable: { path: "app/locked", query: {} },
    impossible: { path: "app/db", query: { revision: "newest" } },
    empty: { locator: { path: "app/empty", query: {} }, value: { note: "" } },
    pinned: {
      locator: { path: "app/db", query: { revision: "1" } },
      value: { user: "db", password: "vlcanary-old" },
    },
    alias: { path: "app/db", query: { revision: "2" } },
    changing: {
      locator: { path: "app/changing", query: {} },
      change: () => {
        const value = { note: `vlcanary-change-${++changes}` };
        vault.put("app/changing", value);
        return value;
      },
    },
    listed: "app/",
    // The vault keeps fields.
    put: (path, value) => {
      if (typeof value === "string" || value instanceof Uint8Array) throw new TypeError("Globex Vault keeps fields.");
      vault.put(path, value);
    },
    other: () => connect(url),
    otherEnv: OTHER,
    unlisted: () => globex({ url, user: OTHER.GLOBEX_USER, password: OTHER.GLOBEX_PASSWORD }),
    obtained: {
      provider: () => connect(url),
      ended: () => vault.lastObtained !== undefined && !vault.isLive(vault.lastObtained),
    },
    // Two questions: the one in the open is the name.
    interactive: {
      provider: () => connect(url),
      answer: ({ secret }) => (secret ? USER.GLOBEX_PASSWORD : USER.GLOBEX_USER),
    },
    canaries: ["vlcanary-"],
    plugin,
    options: { url },
    fresh: { module: new URL("fresh.ts", import.meta.url), sdk: [] },
  });
  return { ...subject, stop: () => standIn.stop() };
}
