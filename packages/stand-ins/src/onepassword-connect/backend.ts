import type { Answer, Backend, Call } from "../kit/backend.ts";
import type { StoredItem, StoredVault } from "../onepassword/vaults.ts";
import { json, refusal } from "./answers.ts";
import { type Ask, toAsk } from "./ask.ts";
import { fileRecord, itemRecord, overviewRecord, vaultRecord } from "./records.ts";
import type { Holder, OnePasswordConnectState } from "./state.ts";

/** A Connect server, as its published description has it. */
export function onePasswordConnectBackend(state: OnePasswordConnectState): Backend {
  return {
    describe: (call) => {
      const { route } = toAsk(call);
      return { route, credential: labelOf(call, state), write: route === "write" };
    },
    answer: (call) => answer(toAsk(call), state),
    throttled: () => refusal(429, "too many requests"),
    failure: (_, status) => refusal(status, "the test's failure"),
  };
}

function answer(ask: Ask, state: OnePasswordConnectState): Answer {
  const { route, vaultId } = ask;
  if (route === "write") return refusal(500, "nothing may be written here");
  if (route === "heartbeat") return json({ name: "1Password Connect API", version: "1.7.1" });
  if (route === "unknown") return refusal(404, "not found");
  const holder = state.holders.get(labelOf(ask.call, state));
  if (holder === undefined || holder.revoked) return refusal(401, "Invalid token signature");
  if (route === "vaults.list") return vaultsFor(ask, holder, state);
  const vault = vaultId === undefined ? undefined : state.vaults.byId(vaultId);
  if (vault === undefined) return refusal(404, `vault ${vaultId} not found`);
  if (!holder.vaults.has(vault.id)) return refusal(403, `vault ${vaultId} is not in scope`);
  if (route === "vaults.get") return json(vaultRecord(vault));
  return inVault(ask, vault, state);
}

function vaultsFor({ call }: Ask, holder: Holder, { vaults }: OnePasswordConnectState): Answer {
  const seen = vaults.all.filter(({ id }) => holder.vaults.has(id));
  const wanted = filterOf(call, "name");
  if (wanted === "bad") return refusal(400, "invalid filter");
  return json(seen.filter(({ name }) => wanted === undefined || name === wanted.equals).map(vaultRecord));
}

function inVault(ask: Ask, vault: StoredVault, { clock }: OnePasswordConnectState): Answer {
  if (ask.route === "items.list") {
    const wanted = filterOf(ask.call, "title");
    if (wanted === "bad") return refusal(400, "invalid filter");
    const items = [...vault.items.values()].filter(({ title }) => wanted === undefined || title === wanted.equals);
    return json(items.map((item) => overviewRecord(item, vault)));
  }
  const item = vault.items.get(ask.itemId ?? "");
  if (item === undefined) return refusal(404, `item ${ask.itemId} not found`);
  if (ask.route === "items.get") return json(itemRecord(item, vault, clock.now()));
  return filesOf(ask, item, vault);
}

function filesOf(ask: Ask, item: StoredItem, vault: StoredVault): Answer {
  if (ask.route === "files.list") return json(item.files.map((file) => fileRecord(file, item, vault)));
  const file = item.files.find(({ id }) => id === ask.fileId);
  if (file === undefined) return refusal(404, `file ${ask.fileId} not found`);
  if (ask.route === "files.get") return json(fileRecord(file, item, vault));
  return { status: 200, headers: { "content-type": "application/octet-stream" }, body: file.content };
}

/** What a filter asks for. Names are compared exactly: whether the vendor does so is not known. */
function filterOf({ query }: Call, attribute: "name" | "title"): { readonly equals: string } | "bad" | undefined {
  const filter = query.get("filter");
  if (filter === null) return undefined;
  const equals = new RegExp(`^${attribute} eq "([^"]*)"$`).exec(filter)?.[1];
  return equals === undefined ? "bad" : { equals };
}

function labelOf({ headers }: Call, { holders }: OnePasswordConnectState): string {
  if (headers.authorization === undefined) return "none";
  for (const [label, { token }] of holders) if (headers.authorization === `Bearer ${token}`) return label;
  return "unknown";
}
