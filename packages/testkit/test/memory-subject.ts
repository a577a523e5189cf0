import { defineOptions, definePlugin, type Plugin, type Provider } from "@vaultlink/core/provider";
import { type Fault, faulty, memoryVault, type Subject } from "../src/index.ts";

const TOKEN = "vlcanary-memory-token";
const OTHER = "vlcanary-other-token";

const plugin: Plugin<never> = definePlugin<{ readonly token?: string }>({
  name: "memory",
  title: "Memory",
  options: defineOptions({ token: { type: "string", description: "Token.", writeOnly: true } }),
  create: () => memoryVault().provider(),
  parseIdentifier: (identifier) => {
    const path = /^memory:([a-z]+)$/.exec(identifier)?.[1];
    return path === undefined ? undefined : { locator: { path, query: {} } };
  },
}) as unknown as Plugin<never>;

const at = (path: string, query: Readonly<Record<string, string>> = {}): Subject["missing"] => ({ path, query });

/** The kit's own subject: a vault that keeps to every sentence of the contract. `spoil` breaks what it offers. */
export function memorySubject(spoil: (provider: Provider) => Provider = (provider) => provider): Subject {
  const vault = memoryVault();
  vault.allow(TOKEN, { name: "app", may: ["app/*", "made"] });
  vault.allow(OTHER, { name: "audit", may: ["*"], lists: false });
  vault.put("app/db", "vlcanary-old");
  vault.put("app/db", "vlcanary-value");
  vault.put("app/api", { key: "vlcanary-key" });
  vault.put("app/bytes", new Uint8Array([255, 0, 254]));
  vault.put("app/empty", "");
  vault.put("app/off", "vlcanary-off");
  vault.put("app/changing", "vlcanary-first");
  vault.put("audit/report", "vlcanary-report");
  vault.disable("app/off");
  vault.onDemand("made", 60);
  const seen = { redirects: 0 };
  const { calls } = vault;
  const provider = (token = TOKEN): Provider => spoil(vault.provider({ token }));
  return {
    provider,
    existing: [
      { locator: at("app/db"), value: "vlcanary-value" },
      { locator: at("app/api"), value: { key: "vlcanary-key" } },
    ],
    missing: at("app/nope"),
    denied: at("audit/report"),
    unusable: at("app/off"),
    impossible: at("app/db", { version: "newest" }),
    bytes: { locator: at("app/bytes"), value: new Uint8Array([255, 0, 254]) },
    empty: { locator: at("app/empty"), value: "" },
    pinned: { locator: at("app/db", { version: "1" }), value: "vlcanary-old" },
    alias: at("app/db", { version: "2" }),
    changing: {
      locator: at("app/changing"),
      change: () => {
        vault.put("app/changing", "vlcanary-second");
        return "vlcanary-second";
      },
    },
    broken: (fault: Fault) => {
      if (fault === "redirect") seen.redirects++;
      return spoil(faulty(vault.provider({ token: TOKEN }), fault));
    },
    canaries: ["vlcanary-"],
    requests: () => calls.read + calls.readMany,
    writes: () => 0,
    throttledForMs: 1000,
    witness: () => [],
    redirected: () => seen.redirects > 0,
    other: () => provider(OTHER),
    interactive: { provider: () => spoil(vault.provider()), answer: () => TOKEN },
    unlisted: () => provider(OTHER),
    found: () => provider(),
    obtained: {
      provider: () => spoil(vault.provider({ token: TOKEN, by: "login" })),
      ended: () => vault.lastObtained !== undefined && !vault.isLive(vault.lastObtained),
    },
    lease: { locator: at("made"), ended: (lease) => !vault.hasLease(lease) },
    plugin,
    badOptions: [{ option: "token", options: { token: 7 } }],
    identifiers: [{ identifier: "memory:db", parsed: { locator: at("db") } }],
  };
}
