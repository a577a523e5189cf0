import { stateError } from "../connection/state.ts";
import type { ListEntry, ListQuery } from "../contract/provider.ts";
import { withLinkName } from "../errors/secret-error.ts";
import { listEntries } from "../resolver/list.ts";
import type { ListOptions } from "../types.ts";
import { deadlineOf, resolveOptions, type VaultInternals } from "./internals.ts";

/** Lists what can be linked, as it arrives. Throws a `SecretError` that names the connection. */
export async function* list(
  internals: VaultInternals,
  connection: string,
  { prefix = "" }: Partial<ListQuery>,
  options: ListOptions,
): AsyncGenerator<ListEntry, void, undefined> {
  const { clock, registry } = internals;
  const named = registry.expect(connection, "caller");
  try {
    const call = resolveOptions(internals, options);
    const { signal = new AbortController().signal } = call;
    const listing = { query: { prefix }, deadlineMs: call.deadline - clock.monotonicMs(), signal };
    if (named.disconnected) throw stateError(connection, { phase: "disconnected", onDemand: false });
    const use = { wait: deadlineOf(internals, call), ...(call.env && { env: call.env }) };
    yield* registry.stream(named, use, (handle) => listEntries(handle, listing));
  } catch (error) {
    throw withLinkName(error, undefined, connection);
  }
}
