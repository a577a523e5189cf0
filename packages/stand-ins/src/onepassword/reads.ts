import type { Answer } from "../kit/backend.ts";
import { plain, sealed } from "./answers.ts";
import type { Ask } from "./ask.ts";
import { unseal } from "./envelope.ts";
import { itemRecord, keySetRecord, overviewRecord, vaultRecord } from "./records.ts";
import type { Session } from "./sessions.ts";
import type { OnePasswordState } from "./state.ts";
import type { StoredVault } from "./vaults.ts";

/** The most items of one batch. */
const MAX_BATCH = 50;

/** Answers one who is signed in. */
export function read(ask: Ask, session: Session, state: OnePasswordState): Answer {
  const { account } = session;
  const access = state.access.get(account.label);
  if (ask.route === "keysets") {
    return sealed(session, { version: 1, keysets: [keySetRecord(account, state.clock.now())] });
  }
  const seen = state.vaults.all.filter(({ id }) => access?.vaults.has(id));
  if (ask.route === "vaults.list")
    return sealed(
      session,
      seen.map((vault) => vaultRecord(vault, account)),
    );
  if (ask.route === "files.get") return file(ask, seen);
  const vault = seen.find(({ id }) => id === ask.vaultId);
  if (vault === undefined) return plain(404);
  if (ask.route === "vaults.get") return sealed(session, vaultRecord(vault, account));
  if (access?.sealed.has(vault.id)) return plain(403);
  return inVault(ask, vault, session);
}

function inVault(ask: Ask, vault: StoredVault, session: Session): Answer {
  const { account } = session;
  const items = [...vault.items.values()];
  switch (ask.route) {
    case "items.overviews":
      return sealed(session, {
        contentVersion: 1,
        batchComplete: true,
        items: items.map((item) => overviewRecord(item, vault, account)),
        deletedItemUuids: [],
      });
    case "items.get": {
      const item = vault.items.get(ask.itemId ?? "");
      if (item === undefined) return plain(404);
      return sealed(session, { contentVersion: 1, item: itemRecord(item, vault, account) });
    }
    case "items.batch": {
      const wanted = wantedIn(ask, session);
      if (wanted === undefined || wanted.length > MAX_BATCH) return plain(400);
      const found = wanted.flatMap((id) => vault.items.get(id) ?? []);
      return sealed(session, { contentVersion: 1, items: found.map((item) => itemRecord(item, vault, account)) });
    }
    default:
      return plain(404);
  }
}

function wantedIn({ call }: Ask, { exchange }: Session): readonly string[] | undefined {
  const body = exchange && unseal(call.body, exchange.key);
  const ids = (body as { itemUuids?: unknown } | undefined)?.itemUuids;
  return Array.isArray(ids) ? ids.map(String) : undefined;
}

function file({ fileId }: Ask, vaults: readonly StoredVault[]): Answer {
  const files = vaults.flatMap(({ items }) => [...items.values()].flatMap((item) => item.files));
  const found = files.find(({ id }) => id === fileId);
  if (found === undefined) return plain(404);
  return { status: 200, headers: { "content-type": "application/octet-stream" }, body: found.bytes };
}
