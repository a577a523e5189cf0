import { abortable, type Context, encodePath, objectMember, SecretError, textMember } from "@vaultlink/core/provider";
import type { Requester } from "./request.ts";
import { unexpectedResponse } from "./errors.ts";
import { mayBeReserved, reserved } from "./locator.ts";
import type { VaultResponse } from "./vault-api.ts";

/** What an engine at a mount keeps: texts, versions of texts, nothing until it is asked, or the vault's own state. */
export type Layout = "kv1" | "kv2" | "other" | "internal";

export interface Mount {
  /** Ends with a slash, as the vault writes it. */
  readonly path: string;
  readonly layout: Layout;
  /** The vault did not tell; the read itself decides. */
  readonly guessed?: true;
}

/** Where each path is mounted, asked once per mount and session. */
export interface Mounts {
  find(path: string, context: Context): Promise<Mount>;
  /** Asks again next time, since the vault denies what it told. */
  forget(mount: Mount): void;
}

/** What configuration says about mounts. */
export interface MountHints {
  readonly mount?: string | undefined;
  readonly kvVersion?: 1 | 2 | undefined;
}

export function createMounts(request: Requester, { mount, kvVersion }: MountHints): Mounts {
  const configured = mount === undefined ? undefined : `${mount}/`;
  const told = new Map<string, Mount>();
  const asking = new Map<string, Promise<unknown>>();
  const known = (path: string): Mount | undefined =>
    [...told.values()].find((each) => `${path}/`.startsWith(each.path));
  const layout = (fallback: 1 | 2): Layout => ((kvVersion ?? fallback) === 1 ? "kv1" : "kv2");
  const guess = (path: string, fallback: 1 | 2): Mount => ({
    path: configured !== undefined && path.startsWith(configured) ? configured : path.slice(0, path.indexOf("/") + 1),
    layout: layout(fallback),
    guessed: true,
  });

  const detect = async (path: string, context: Context): Promise<Mount> => {
    const url = `sys/internal/ui/mounts/${encodePath(path)}`;
    const answer = await request((api, signal) => api.read(url, signal), context, { accept: isUntold });
    // A vault that does not know the question is older than version 2; a refusal comes from any.
    if (isUntold(answer)) return guess(path, answer.status === 404 ? 1 : 2);
    const data = objectMember(answer.body, "data");
    const at = textMember(data, "path");
    if (at === undefined || !`${path}/`.startsWith(at)) throw unexpectedResponse(answer);
    const engine = layoutOf(textMember(data, "type"), textMember(objectMember(data, "options"), "version"));
    // Engines and ways to sign in share some of their types, e.g. `aws`.
    const found: Mount = { path: at, layout: engine === "other" && mayBeReserved(at) ? "internal" : engine };
    told.set(at, found);
    return found;
  };

  return {
    find: async (path, context) => {
      const covered = configured !== undefined && kvVersion !== undefined && path.startsWith(configured);
      // What could be the vault's own API behind a namespace is asked for, whatever the configuration says.
      if (covered && !mayBeReserved(path)) return { path: configured, layout: layout(kvVersion) };
      const remembered = context.fresh === true ? undefined : known(path);
      if (remembered !== undefined) return remembered;
      // Many reads may start at once: the first asks, the others see whether its answer serves them too.
      const top = path.slice(0, path.indexOf("/"));
      const first = asking.get(top);
      if (first !== undefined && context.fresh !== true) {
        // Whatever becomes of it; our own caller waits no longer than it wants to.
        await abortable(first, context.signal).catch(() => {});
        const since = known(path);
        if (since !== undefined) return since;
      }
      const detected = detect(path, context);
      asking.set(top, detected);
      try {
        return await detected;
      } finally {
        if (asking.get(top) === detected) asking.delete(top);
      }
    },
    forget: ({ path }) => {
      told.delete(path);
    },
  };
}

/** The vault does not say where engines are mounted: it is too old, or our policies do not reach there. */
export const isUntold = ({ status, body }: VaultResponse): boolean =>
  (status === 403 || status === 404) && Array.isArray(body?.["errors"]);

/** The vault's own, which in a namespace have `ns_` in front. */
const INTERNAL: ReadonlySet<string> = new Set(["cubbyhole", "identity", "system", "token"]);

/** The layout behind an engine's type. `generic` is what KV was called once. */
export function layoutOf(type: string | undefined, version: string | undefined): Layout {
  if (type === "kv") return version === "2" ? "kv2" : "kv1";
  if (INTERNAL.has(type?.replace(/^ns_/, "") ?? "")) return "internal";
  return type === "generic" ? "kv1" : "other";
}

/**
 * Throws `invalid_reference` for a path that leads, or may lead, into the vault's own API behind a namespace. The vault's
 * word decides: `secret/auth/db` is a secret, `team/auth/token/lookup-self` is none if `team` is a namespace. Where the
 * vault does not tell, only the layout of KV version 2 is safe: nothing else has its frame.
 */
export function refuseInternal({ guessed, layout }: Mount, path: string): void {
  if (layout === "internal") throw reserved();
  if (guessed === true && layout !== "kv2" && mayBeReserved(path)) {
    throw new SecretError("invalid_reference", "The vault does not tell whether this path is one of its own.", {
      hint: "rename the secret, or let the vault tell where engines are mounted",
    });
  }
}
