import { SecretError } from "@vaultlink/core";
import { reply, type StandIn, standIn } from "@vaultlink/testkit";

export const USER = { GLOBEX_USER: "app", GLOBEX_PASSWORD: "vlcanary-password " };
export const OTHER = { GLOBEX_USER: "audit", GLOBEX_PASSWORD: "vlcanary-other-password" };
const PAGE = 20;
const TTL = 600;
const CHANGED = 1_750_000_000;

/** Globex Vault, in this process: the same answers as the real one's. */
export async function startVault(at: { readonly port?: number } = {}): Promise<StandIn> {
  const started = await standIn({
    ...at,
    statuses: { unusable: 423 },
    tokenOf: (headers) => headers["x-session"],
    routes: {
      "POST /sessions": ({ body, login, vault }) => {
        const { user, password } = body as { user: string; password: string };
        if (vault.nameOf(password) !== user) throw new SecretError("unauthenticated", "Wrong user or password.");
        return reply({ status: 201, json: { token: login(password), user, ttl: TTL } });
      },
      "PUT /sessions/current": ({ token, who, vault }) => {
        who();
        vault.extend(token);
        return { ttl: TTL };
      },
      "DELETE /sessions/current": ({ token, who, vault }) => {
        who();
        vault.revoke(token);
        return reply({ status: 204 });
      },
      "GET /items/*": ({ rest, query, read }) => {
        const { value, version } = read(rest, query.get("rev"));
        return { name: rest, revision: Number(version), fields: value };
      },
      "GET /items": ({ query, list }) => {
        const all = list(query.get("under") ?? "");
        const from = Number(query.get("after") ?? "0");
        const items = all.slice(from, from + PAGE);
        return {
          items: items.map(({ path, disabled }) => ({ name: path, changed: CHANGED, locked: disabled })),
          ...(all.length > from + PAGE && { after: String(from + PAGE) }),
        };
      },
    },
  });
  const { vault } = started;
  vault.allow(USER.GLOBEX_PASSWORD, { name: USER.GLOBEX_USER, may: ["app/*"] });
  vault.allow(OTHER.GLOBEX_PASSWORD, { name: OTHER.GLOBEX_USER, lists: false });
  vault.put("app/db", { user: "db", password: "vlcanary-old" });
  vault.put("app/db", { user: "db", password: "vlcanary-value" });
  vault.put("app/api", { key: "vlcanary-key-of-the-api" });
  vault.put("app/empty", { note: "" });
  vault.put("app/locked", { note: "vlcanary-locked" });
  vault.disable("app/locked");
  vault.put("audit/report", { text: "vlcanary-report" });
  vault.put("app/changing", { note: "vlcanary-first" });
  return started;
}
