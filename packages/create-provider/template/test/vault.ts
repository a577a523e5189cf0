import { isSecretError, SecretError } from "@vaultlink/core";
import { reply, type StandIn, standIn, type StandInCall } from "@vaultlink/testkit";

export const KEY = "vlcanary-key";
export const OTHER_KEY = "vlcanary-other-key";
const PAGE = 50;
const STATUS: Readonly<Record<string, number>> = { not_found: 404, denied: 403, unusable: 409 };

/** Acme Vault, in this process: the same answers as the real one's. */
export async function startVault(at: { readonly port?: number } = {}): Promise<StandIn> {
  const started = await standIn({
    ...at,
    routes: {
      "POST /v1/login": ({ body, login, vault }) => {
        const { key } = body as { key: string };
        return { token: login(key), account: vault.nameOf(key), expires: Math.floor(Date.now() / 1000) + 3600 };
      },
      "DELETE /v1/login": ({ token, who, vault }) => {
        who();
        vault.revoke(token);
        return reply({ status: 204 });
      },
      "GET /v1/secrets/*": ({ rest, query, read }) => documentOf(rest, read(rest, query.get("version"))),
      "POST /v1/batch": ({ body, read, who }) => {
        who();
        const { items } = body as { items: ReadonlyArray<{ path: string; version?: string }> };
        if (items.length > 20) throw new SecretError("invalid_reference", "Too many.");
        return { results: items.map((item) => outcome(item, read)) };
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
  vault.put("audit/report", "vlcanary-report");
  return started;
}

function documentOf(id: string, { value, version }: ReturnType<StandInCall["read"]>): object {
  return { id, value, version: Number(version) };
}

function outcome({ path, version }: { path: string; version?: string }, read: StandInCall["read"]): object {
  try {
    return { status: 200, ...documentOf(path, read(path, version)) };
  } catch (thrown) {
    return { status: (isSecretError(thrown) && STATUS[thrown.code]) || 400 };
  }
}
