import { defineOptions, definePlugin, type Plugin, type Provider, SecretError } from "@vaultlink/core/provider";
import { type Fault, faulty, faultyLater, memoryVault, type Subject } from "../src/index.ts";

const TOKEN = "vlcanary-memory-token";
const OTHER = "vlcanary-other-token";
const LAPSING = "vlcanary-lapsing-token";
/** For how long what a login gives is good, in ms. */
const LIFETIME_MS = 3_600_000;

const plugin: Plugin<{ readonly token?: string }> = definePlugin<{ readonly token?: string }>({
  name: "memory",
  title: "Memory",
  options: defineOptions({ token: { type: "string", description: "Token.", writeOnly: true } }),
  create: () => memoryVault().provider(),
  parseIdentifier: (identifier) => {
    const path = /^memory:([a-z]+)$/.exec(identifier)?.[1];
    return path === undefined ? undefined : { locator: { path, query: {} } };
  },
  suggest: async ({ env }) => ({
    methods: [{ label: "Token", ...(env["MEMORY_TOKEN"] !== undefined && { found: "MEMORY_TOKEN is set" }) }],
  }),
});

const at = (path: string, query: Readonly<Record<string, string>> = {}): Subject["missing"] => ({ path, query });

/** The kit's own subject: a vault that keeps to every sentence of the contract. `spoil` breaks what it offers. */
export function memorySubject(spoil: (provider: Provider) => Provider = (provider) => provider): Subject {
  const vault = memoryVault();
  const app = { name: "app", may: ["app/*", "made"] };
  vault.allow(TOKEN, app);
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
  const seen = { redirects: 0, changes: 0 };
  const { calls } = vault;
  const provider = (): Provider => spoil(vault.provider());
  return {
    provider,
    env: { MEMORY_TOKEN: TOKEN },
    otherEnv: { MEMORY_TOKEN: OTHER },
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
        const value = `vlcanary-${++seen.changes}`;
        vault.put("app/changing", value);
        return value;
      },
    },
    broken: (fault: Fault) => {
      if (fault === "redirect") seen.redirects++;
      if (fault === "lapse") {
        vault.allow(LAPSING, app);
        return spoil(vault.provider({ token: LAPSING }));
      }
      return spoil(faulty(vault.provider({ token: TOKEN }), fault));
    },
    breaking: (fault) => {
      if (fault === "redirect") seen.redirects++;
      const { provider: good, ...when } = faultyLater(vault.provider({ token: TOKEN, by: "login" }), fault);
      return { provider: spoil(good), ...when };
    },
    lapse: () => vault.revoke(LAPSING),
    address: "https://vault.example",
    insecure: () => ({
      ...vault.provider(),
      open: () => Promise.reject(new SecretError("invalid_config", "The address must begin with https.")),
    }),
    put: (path, value) => vault.put(path, value),
    listed: "app/",
    entries: ["app/db", "app/api", "app/bytes", "app/empty", "app/changing"],
    canaries: ["vlcanary-"],
    requests: () => calls.read + calls.readMany + calls.version + calls.list + calls.renew,
    addresses: () => [],
    writes: () => 0,
    throttledForMs: 1000,
    witness: () => [],
    redirected: () => seen.redirects > 0,
    other: provider,
    interactive: { provider: () => spoil(vault.provider()), answer: () => TOKEN },
    unlisted: () => spoil(vault.provider({ token: OTHER })),
    found: provider,
    obtained: {
      provider: () => spoil(lapsing(vault.provider({ token: TOKEN, by: "login" }))),
      ended: () => vault.lastObtained !== undefined && !vault.isLive(vault.lastObtained),
      lifetimeMs: LIFETIME_MS,
      elapse: () => vault.elapse(),
    },
    lease: { locator: at("made"), ended: (lease) => !vault.hasLease(lease) },
    plugin,
    badOptions: [{ option: "token", options: { token: 7 } }],
    identifiers: [{ identifier: "memory:db", parsed: { locator: at("db") } }],
  };
}

/** A provider that says when its credentials lapse. */
function lapsing(provider: Provider): Provider {
  const ends = (): number => Date.now() + LIFETIME_MS;
  return {
    ...provider,
    async open(context) {
      const session = await provider.open(context);
      const renew = session.renew?.bind(session);
      return {
        ...session,
        expiresAt: ends(),
        ...(renew && { renew: (given) => renew(given).then(ends) }),
      };
    },
  };
}
