import { type Locator, SecretError, type SecretDocument } from "@vaultlink/core/provider";
import type { MemoryIdentity, MemoryState } from "./memory-state.ts";

/** Throws `invalid_reference` for a version that can't be one: before the vault is asked. */
export function assertVersion({ query }: Locator): void {
  const version = query["version"];
  if (version === undefined || /^[1-9]\d{0,8}$/.test(version)) return;
  throw new SecretError("invalid_reference", "A version is a whole number.");
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
  return { value: structuredClone(value), version: String(number) };
}

function demanded(state: MemoryState, path: string, seconds: number): SecretDocument {
  const lease = `${path}/${state.calls.read + state.calls.readMany}-${state.leases.size}`;
  state.leases.add(lease);
  return { value: { lease }, lease, expiresAt: Date.now() + seconds * 1000 };
}
