import type { ProviderEnv } from "@vaultlink/core/provider";
import { fetchTransport, type Transport } from "./http.ts";
import type { HashicorpOptions } from "./options.ts";

/** The transport a connection needs: Node's own client, or the `fetch` that was handed in. */
export async function openTransport(options: HashicorpOptions, address: string, env: ProviderEnv): Promise<Transport> {
  if (options.fetch !== undefined) return fetchTransport(options.fetch);
  const { nodeTransport } = await import("./node-http.ts");
  if (!address.startsWith("https:")) return nodeTransport(address, undefined);
  const { findTlsSettings } = await import("./tls.ts");
  return nodeTransport(address, await findTlsSettings(options, env));
}
