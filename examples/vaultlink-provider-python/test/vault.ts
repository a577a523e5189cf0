import { reply, type StandIn, standIn } from "@vaultlink/testkit";

export const KEY = "vlcanary-key";
export const OTHER_KEY = "vlcanary-other-key";
const PAGE = 50;

/** Acme Vault, in this process. */
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
        return reply({ status: 200, json: {} });
      },
      "GET /v1/secrets/*": ({ rest, query, read }) => {
        const { value, version } = read(rest, query.get("version"));
        return { id: rest, value, version: Number(version) };
      },
      "GET /v1/secrets": ({ query, list }) => {
        const page = Number(query.get("page"));
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
  vault.disable("app/off");
  vault.put("app/changing", "vlcanary-first");
  vault.put("audit/report", "vlcanary-report");
  return started;
}
