import type { Provider } from "@vaultlink/core/provider";
import { type Fault, type StandIn, standInSubject, type Subject } from "@vaultlink/testkit";
import { google, plugin } from "../src/index.ts";
import { credentialFiles, keyFile } from "./files.ts";
import { account, lineOf } from "./people.ts";
import { PROJECT, startVault } from "./vault.ts";

const FAULTS: readonly Fault[] = [
  ...(["refuse", "hang", "drop", "html", "empty-500", "redirect", "throttle", "bad-credentials", "lapse"] as const),
];

/** What the kit needs to know; `stop` ends the servers and removes the files. */
export async function startSubject(): Promise<Subject & Pick<StandIn, "stop">> {
  const [app, audit] = [account("app"), account("audit")];
  const standIn = await startVault([app, audit]);
  const { vault, url } = standIn;
  fill(standIn, app.token, audit.token);
  const files = await credentialFiles();
  // The server of tokens misbehaves with the vault: each address has a file that leads there.
  const paths = new Map<string, string>();
  for (const at of [...FAULTS.map((fault) => standIn.at(fault)), standIn.breaking("hang").url]) {
    paths.set(at, await files.write(`app-${paths.size}`, keyFile(app, at)));
  }
  const own = await files.write("app", keyFile(app, url));
  const other = await files.write("audit", keyFile(audit, url));
  const connect = (at: string): Provider => {
    const credentials = paths.get(at);
    return google({ url: at, ...(credentials !== undefined && { credentials }) });
  };
  let changes = 0;
  const subject = standInSubject(standIn, connect, {
    env: { GOOGLE_APPLICATION_CREDENTIALS: own },
    existing: [
      { locator: { path: "app-db", query: {} }, value: "vlcanary-value" },
      { locator: { path: "app-api", query: {} }, value: "vlcanary-key-of-the-api" },
    ],
    missing: { path: "app-none", query: {} },
    denied: { path: "audit-report", query: {} },
    unusable: { path: "app-off", query: {} },
    impossible: { path: "app-db", query: { version: "0" } },
    bytes: { locator: { path: "app-bytes", query: {} }, value: Uint8Array.from([255, 0, 254]) },
    pinned: { locator: { path: "app-db", query: { version: "1" } }, value: "vlcanary-old" },
    alias: { path: `projects/${PROJECT}/secrets/app-db`, query: { version: "latest" } },
    changing: {
      locator: { path: "app-changing", query: {} },
      change: () => {
        const value = `vlcanary-change-${++changes}`;
        vault.put("app-changing", value);
        return value;
      },
    },
    listed: "app-",
    put: (path, value) => {
      const isBytes = typeof value === "string" || value instanceof Uint8Array;
      if (!/^[\w-]{1,255}$/.test(path) || !isBytes || value.length === 0 || value.length > 65_536) {
        throw new TypeError("Secret Manager does not take that.");
      }
      vault.put(path, value);
    },
    other: () => google({ url }),
    otherEnv: { GOOGLE_APPLICATION_CREDENTIALS: other },
    unlisted: () => google({ url, credentials: other }),
    found: () => google({ url }),
    obtained: { provider: () => google({ url }), ended: () => false },
    canaries: ["vlcanary-", lineOf(app), lineOf(audit)],
    plugin,
    identifiers: [
      {
        identifier: "projects/shop/secrets/db/versions/3",
        parsed: { locator: { path: "projects/shop/secrets/db", query: { version: "3" } } },
      },
      {
        identifier: "//secretmanager.googleapis.com/projects/shop/secrets/db",
        parsed: { locator: { path: "projects/shop/secrets/db", query: {} } },
      },
    ],
    fresh: {
      module: new URL("fresh.ts", import.meta.url),
      sdk: ["google-auth-library", "@google-cloud/secret-manager"],
      nodeOptions: ["--conditions=source"],
    },
  });
  const stop = async (): Promise<void> => void (await Promise.all([standIn.stop(), files.remove()]));
  return { ...subject, stop };
}

function fill({ vault }: StandIn, app: string, audit: string): void {
  vault.allow(app, { name: "app", may: ["app-*"] });
  // May read what the kit reads first, and list nothing.
  vault.allow(audit, { name: "audit", lists: false });
  vault.put("app-db", "vlcanary-old");
  vault.put("app-db", "vlcanary-value");
  vault.put("app-api", "vlcanary-key-of-the-api");
  vault.put("app-bytes", Uint8Array.from([255, 0, 254]));
  vault.put("app-off", "vlcanary-off");
  vault.disable("app-off");
  vault.put("app-changing", "vlcanary-first");
  vault.put("audit-report", "vlcanary-report");
}
