import { closed, type VaultInternals } from "./internals.ts";

/** Ends a vault: whoever looks, its sessions, and the cache unless that is another's whose view it is. */
export async function closeVault(
  { cache, followers, forget, pool, registry }: VaultInternals,
  { isView, keepsLeases }: { readonly isView: boolean; readonly keepsLeases: boolean },
): Promise<void> {
  const error = closed();
  const followed = followers.close();
  const replacedEnds = [...(isView ? registry.all() : pool.named())].map(({ replacedEnd }) => replacedEnd);
  const own = registry.close();
  const ended = isView ? own : [...own, ...pool.close()];
  const closing = ended.map(({ connection }) => connection.close(error, keepsLeases));
  if (!isView) cache.close(error);
  await Promise.all([...closing, ...replacedEnds, followed]);
  if (isView) for (const { connection } of ended) forget(connection.fingerprint);
}
