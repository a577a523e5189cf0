import { type ProviderEnv, whereFacts, type VaultLocation } from "@vaultlink/core/provider";
import { variable, variablesOf } from "./env.ts";
import type { HashicorpOptions } from "./options.ts";

/** Which vault this is, and which of its namespaces. */
export function where({ address, caFile, namespace }: HashicorpOptions, env: ProviderEnv): VaultLocation {
  const facts = whereFacts(env, [
    { what: "address", option: address, variables: variablesOf("ADDR") },
    { what: "namespace", option: namespace, variables: variablesOf("NAMESPACE") },
  ]);
  return { facts, caFile: caFile ?? variable(env, "CACERT") };
}
