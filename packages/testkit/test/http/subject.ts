import type { Provider } from "@vaultlink/core/provider";
import { reply, type StandIn, standIn, standInSubject, type Subject } from "../../src/index.ts";

const KEY = "vlcanary-key";
const OTHER_KEY = "vlcanary-other-key";
const PAGE = 50;
const at = (path: string, query: Readonly<Record<string, string>> = {}): Subject["missing"] => ({ path, query });

/** A vault over HTTP: login, documents, pages of a listing. */
export async function startVault(): Promise<StandIn> {
  const started = await standIn({
    routes: {
      "POST /v1/login": ({ body, login, vault }) => {
        const { key } = body as { key: string };
        return { token: login(key), account: vault.nameOf(key), expires: Math.floor(Date.now() / 1000) + 3600 };
      },
      "DELETE /v1/login": ({ token, who, vault }) => {
        who();
        vault.revoke(token);
        return reply({ status: 204, bytes: "" });
      },
      "GET /v1/secrets/*": ({ rest, query, read }) => {
        const { value, version } = read(rest, query.get("version"));
        return { id: rest, value, version: Number(version) };
      },
      "GET /v1/secrets": ({ query, list }) => {
        const page = Number(query.get("page") ?? "1");
        const all = list(query.get("prefix") ?? "");
        const more = all.length > page * PAGE;
        return { items: all.slice((page - 1) * PAGE, page * PAGE), ...(more && { next: String(page + 1) }) };
      },
    },
  });
  const { vault } = started;
  vault.allow(KEY, { name: "app", may: ["app/*"] });
  vault.allow(OTHER_KEY, { name: "audit", lists: false });
  vault.put("app/db", "vlcanary-old");
  vault.put("app/db", "vlcanary-value");
  vault.put("app/api", "vlcanary-key-of-the-api");
  vault.put("app/empty", "");
  vault.put("app/off", "vlcanary-off");
  vault.put("app/changing", "vlcanary-first");
  vault.put("audit/report", "vlcanary-report");
  vault.disable("app/off");
  return started;
}

/** The subject of a provider of that vault. */
export function subjectOf(started: StandIn, connect: (url: string) => Provider): Subject {
  const { vault, url } = started;
  let changes = 0;
  return standInSubject(started, connect, {
    env: { ACME_KEY: KEY },
    existing: [
      { locator: at("app/db"), value: "vlcanary-value" },
      { locator: at("app/api"), value: "vlcanary-key-of-the-api" },
    ],
    missing: at("app/none"),
    denied: at("audit/report"),
    unusable: at("app/off"),
    impossible: at("app/db", { version: "newest" }),
    empty: { locator: at("app/empty"), value: "" },
    pinned: { locator: at("app/db", { version: "1" }), value: "vlcanary-old" },
    alias: at("app/db", { version: "2" }),
    changing: {
      locator: at("app/changing"),
      change: () => {
        const value = `vlcanary-change-${++changes}`;
        vault.put("app/changing", value);
        return value;
      },
    },
    listed: "app/",
    put: (path, value) => {
      if (typeof value !== "string") throw new TypeError("This vault keeps texts only.");
      vault.put(path, value);
    },
    other: () => connect(url),
    otherEnv: { ACME_KEY: OTHER_KEY },
    unlisted: () => {
      const provider = connect(url);
      return { ...provider, open: (context) => provider.open({ ...context, env: { ACME_KEY: OTHER_KEY } }) };
    },
    obtained: {
      provider: () => connect(url),
      ended: () => vault.lastObtained !== undefined && !vault.isLive(vault.lastObtained),
    },
    interactive: { provider: () => connect(url), answer: () => KEY },
    canaries: ["vlcanary-"],
  });
}
