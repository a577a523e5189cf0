import { type Context, type Locator, SecretError, type SecretDocument } from "@vaultlink/core/provider";
import { copyValue } from "./copy-value.ts";
import type { MemoryIdentity, MemoryState } from "./memory-state.ts";

/** Throws `invalid_reference` for a qualifier that there is not, and for a version that can't be one: before the vault is asked. */
export function assertLocator({ query }: Locator): void {
  if (Object.keys(query).some((name) => name !== "version")) {
    throw new SecretError("invalid_reference", "A document in memory has versions, and no other qualifier.");
  }
  const version = query["version"];
  if (version === undefined || /^[1-9]\d{0,8}$/.test(version)) return;
  throw new SecretError("invalid_reference", "A version is a whole number.");
}

/** Throws `aborted` where nobody waits for the answer any more. */
export function assertWanted({ signal }: Context): void {
  if (signal.aborted) throw new SecretError("aborted", "The call was cancelled.");
}

/** Reads one document as somebody. Throws what a real vault would say. */
export function readMemory(
  state: MemoryState,
  { may = ["*"] }: MemoryIdentity,
  { path, query }: Locator,
): SecretDocument {
  const version = query["version"];
  if (!may.some((rule) => (rule.endsWith("*") ? path.startsWith(rule.slice(0, -1)) : path === rule))) {
    throw new SecretError("denied", "The vault does not let this identity read that.");
  }
  const seconds = state.demands.get(path);
  if (seconds !== undefined) return demanded(state, path, seconds);
  if (state.disabled.has(path)) throw new SecretError("unusable", "The document is disabled.", { reason: "disabled" });
  const versions = state.documents.get(path) ?? [];
  const number = version === undefined ? versions.length : Number(version);
  const value = versions[number - 1];
  if (value === undefined) throw new SecretError("not_found", "The vault has no such document.");
  return { value: copyValue(value), id: path, version: String(number) };
}

function demanded(state: MemoryState, path: string, seconds: number): SecretDocument {
  const lease = `${path}/${state.calls.read + state.calls.readMany}-${state.leases.size}`;
  state.leases.add(lease);
  return { value: { lease }, lease, expiresAt: Date.now() + seconds * 1000 };
}
