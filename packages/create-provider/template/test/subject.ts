import { type StandIn, standInSubject, type Subject } from "@vaultlink/testkit";
import { acme, plugin } from "../src/index.ts";
import { KEY, OTHER_KEY, startVault } from "./vault.ts";

/** What the kit needs to know; `stop` ends the servers. */
export async function startSubject(): Promise<Subject & Pick<StandIn, "stop">> {
  const standIn = await startVault();
  const { vault, url } = standIn;
  let changes = 0;
  const connect = (at: string): ReturnType<typeof acme> => acme({ url: at });
  const subject = standInSubject(standIn, connect, {
    env: { ACME_KEY: KEY },
    existing: [
      { locator: { path: "app/db", query: {} }, value: "vlcanary-value" },
      { locator: { path: "app/api", query: {} }, value: "vlcanary-key-of-the-api" },
    ],
    missing: { path: "app/none", query: {} },
    denied: { path: "audit/report", query: {} },
    unusable: { path: "app/off", query: {} },
    impossible: { path: "app/db", query: { version: "newest" } },
    empty: { locator: { path: "app/empty", query: {} }, value: "" },
    pinned: { locator: { path: "app/db", query: { version: "1" } }, value: "vlcanary-old" },
    alias: { path: "app/db", query: { version: "2" } },
    changing: {
      locator: { path: "app/changing", query: {} },
      change: () => {
        const value = `vlcanary-change-${++changes}`;
        vault.put("app/changing", value);
        return value;
      },
    },
    listed: "app/",
    // The vault keeps texts.
    put: (path, value) => {
      if (typeof value !== "string") throw new TypeError("Acme Vault keeps texts only.");
      vault.put(path, value);
    },
    other: () => connect(url),
    otherEnv: { ACME_KEY: OTHER_KEY },
    unlisted: () => acme({ url, key: OTHER_KEY }),
    obtained: {
      provider: () => connect(url),
      ended: () => vault.lastObtained !== undefined && !vault.isLive(vault.lastObtained),
    },
    interactive: { provider: () => connect(url), answer: () => KEY },
    canaries: ["vlcanary-"],
    plugin,
    fresh: { module: new URL("fresh.ts", import.meta.url), sdk: [] },
  });
  vault.put("app/changing", "vlcanary-first");
  return { ...subject, stop: () => standIn.stop() };
}
