import { SecretError } from "@vaultlink/core";
import { closestMatch } from "@vaultlink/core/internal";
import type { Configuration } from "../config/load.ts";
import { policyRefusal } from "./policy-refusal.ts";
import { called } from "./resolve.ts";

/**
 * Throws `unresolved` for a connection that no file defines, and what the machine's policy says of one that it leaves out.
 * `command` is what helps with the nearest name.
 */
export function expectConnection(name: string, configuration: Configuration, command: string): void {
  const { connections, untrusted } = configuration;
  if (connections.has(name) || untrusted.has(name)) return;
  const refusal = policyRefusal(name, configuration);
  if (refusal !== undefined) throw refusal;
  const near = closestMatch(name, connections.keys());
  const suggestion = near === undefined ? "." : `; did you mean ${near}?`;
  const others = connections.size > 0 ? "vaultlink status" : "vaultlink connect";
  throw new SecretError("unresolved", `No connection ${called(name)}${suggestion}`, {
    reason: "unknown-connection",
    hint: near === undefined ? others : `vaultlink ${command} ${near}`,
  });
}

/** Throws `unresolved` for a connection that counts only after `vaultlink trust`. */
export function refuseUntrusted(name: string, { untrusted }: Configuration): void {
  if (!untrusted.has(name)) return;
  throw new SecretError("unresolved", "This project defines the connection, and you have not trusted it yet.", {
    reason: "untrusted",
    hint: "vaultlink trust",
  });
}
