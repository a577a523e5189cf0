import {
  type Context,
  type Entry,
  type ListQuery,
  type Locator,
  type SecretDocument,
  SecretError,
  type Session,
} from "@vaultlink/core";
import type { Credential } from "./credentials.ts";
import { checkLocator } from "./documents.ts";
import { outcome } from "./gate.ts";
import type { MemoryState } from "./vault.ts";

/** How many entries one page of a listing holds. */
const PAGE = 2;

type Mutable<T> = { -readonly [Member in keyof T]: T[Member] };

/** Makes a session with every optional member that its credential allows. */
export function memorySession(state: MemoryState, credential: Credential, maxBatch: number): Mutable<Session> {
  const { calls, credentials, gate, leases } = state;
  const { identity } = credential;
  const read = (locator: Locator): SecretDocument => readDocument(state, credential, locator);
  return {
    ...(identity !== undefined && { identity }),
    ...(credential.expiresAt !== undefined && { expiresAt: credential.expiresAt }),
    roles: ["reader"],
    async read(locator, context) {
      checkLocator(locator);
      calls.read++;
      return gate.pass("read", [locator], context, () => read(locator));
    },
    maxBatch,
    async readMany(locators, context) {
      if (locators.length > maxBatch) throw new SecretError("internal", "The batch is larger than this vault takes.");
      calls.readMany++;
      return gate.pass("readMany", locators, context, () => {
        credentials.check(credential);
        return locators.map((locator) => outcome(() => read(locator)));
      });
    },
    list: (query, context) => list(state, credential, query, context),
    async release(lease, context) {
      calls.release++;
      await gate.pass("release", [], context, () => leases.delete(lease));
    },
    ...(credential.obtained && {
      async renew(context: Context): Promise<number> {
        calls.renew++;
        return gate.pass("renew", [], context, () => {
          credentials.check(credential);
          return (credential.expiresAt = state.now() + (credential.lifeMs ?? 0));
        });
      },
      async revoke(context: Context): Promise<void> {
        calls.revoke++;
        await gate.pass("revoke", [], context, () => void (credential.live = false));
      },
    }),
    async close() {
      calls.close++;
    },
  };
}

function readDocument(state: MemoryState, credential: Credential, locator: Locator): SecretDocument {
  checkLocator(locator);
  state.credentials.check(credential);
  const refused = state.denied.get(locator.path);
  if (refused === true || refused?.has(credential.identity ?? "")) {
    throw new SecretError("denied", "The vault refuses this document to this identity.");
  }
  const { stored, version } = state.documents.find(locator);
  const { value, expiresAt, leaseMs } = stored;
  const common = { value: value instanceof Uint8Array ? value.slice() : value, version };
  if (leaseMs === undefined) return { ...common, ...(expiresAt !== undefined && { expiresAt }) };
  const lease = `lease-${++state.leaseCount}`;
  state.leases.add(lease);
  return { ...common, lease, expiresAt: state.now() + leaseMs };
}

/** One level: what stands below a further `/` is a folder. */
async function* list(
  state: MemoryState,
  credential: Credential,
  { prefix }: ListQuery,
  context: Context,
): AsyncGenerator<Entry> {
  const entries = new Map<string, Entry>();
  for (const path of state.documents.paths().filter((known) => known.startsWith(prefix))) {
    const slash = path.indexOf("/", prefix.length);
    const shown = slash < 0 ? path : path.slice(0, slash + 1);
    entries.set(shown, {
      locator: { path: shown, query: {} },
      ...(slash >= 0 && { folder: true }),
      ...(slash < 0 && state.documents.isDisabled(path) && { state: "disabled" as const }),
    });
  }
  const all = [...entries.values()];
  for (let from = 0; from === 0 || from < all.length; from += PAGE) {
    state.calls.list++;
    yield* await state.gate.pass("list", [], context, () => {
      state.credentials.check(credential);
      if (!credential.list) throw new SecretError("denied", "The vault does not let this identity list.");
      return all.slice(from, from + PAGE);
    });
  }
}
