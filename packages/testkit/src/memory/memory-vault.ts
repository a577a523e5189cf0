import { SecretError } from "@vaultlink/core/provider";
import { copyValue } from "./copy-value.ts";
import { memoryProvider } from "./memory-provider.ts";
import type { MemoryIdentity, MemoryState, MemoryVault } from "./memory-state.ts";

/** Makes an empty vault. */
export function memoryVault(): MemoryVault {
  return memoryState();
}

/** Makes an empty vault, and shows what a provider for it works on. */
export function memoryState(): MemoryState {
  const documents: MemoryState["documents"] = new Map();
  const disabled = new Set<string>();
  const demands = new Map<string, number>();
  const tokens = new Map<string, MemoryIdentity>();
  const leases = new Set<string>();
  // Tokens that logins gave → how often half of their lifetime has passed.
  const ages = new Map<string, number>();
  let serial = 0;
  let obtained: string | undefined;
  const state: MemoryState = {
    ...{ documents, disabled, demands, tokens, leases },
    calls: { open: 0, read: 0, readMany: 0, version: 0, list: 0, renew: 0, release: 0, revoke: 0 },
    provider: (options = {}) => memoryProvider(state, options),
    put: (path, value) => void documents.set(path, [...(documents.get(path) ?? []), copyValue(value)]),
    delete: (path) => void documents.delete(path),
    disable: (path) => void disabled.add(path),
    onDemand: (path, seconds) => void demands.set(path, seconds),
    allow: (token, identity) => void tokens.set(token, identity),
    revoke: (token) => void tokens.delete(token),
    nameOf: (token) => tokens.get(token)?.name,
    elapse() {
      for (const [token, age] of ages) {
        if (age === 0) ages.set(token, 1);
        else {
          ages.delete(token);
          tokens.delete(token);
        }
      }
    },
    extend: (token) => void (ages.has(token) && ages.set(token, 0)),
    isLive: (token) => tokens.has(token),
    hasLease: (lease) => leases.has(lease),
    get lastObtained() {
      return obtained;
    },
    obtain(from) {
      const identity = tokens.get(from);
      if (identity === undefined) {
        throw new SecretError("unauthenticated", "The vault refuses this token.", { hint: "export MEMORY_TOKEN=…" });
      }
      obtained = `${from}.${++serial}`;
      tokens.set(obtained, identity);
      ages.set(obtained, 0);
      return obtained;
    },
  };
  return state;
}
