import { subscribe } from "node:diagnostics_channel";
import { metrics } from "@opentelemetry/api";
import type { Diagnostic, Diagnostics } from "@vaultlink/core";

/* Import this first. The SDK that your program starts decides where the numbers go; without one, nothing is counted. */

const meter = metrics.getMeter("vaultlink");
const duration = meter.createHistogram("vaultlink.read.duration", {
  description: "Calls to a vault for values.",
  unit: "ms",
});
const events = meter.createCounter("vaultlink.events", { description: "What happened to connections and values." });

const COUNTED: readonly (keyof Diagnostics)[] = [
  ...(["open", "retry", "cache"] as const),
  ...(["created", "renewed", "rotated", "expired", "disconnected"] as const),
];

subscribe("vaultlink:read", (message) => {
  const event = message as Diagnostic;
  if (event.durationMs !== undefined) duration.record(event.durationMs, attributesOf(event));
});
for (const name of COUNTED) {
  subscribe(`vaultlink:${name}`, (message) => events.add(1, { event: name, ...attributesOf(message as Diagnostic) }));
}

/** A connection, its provider, and why it failed: no channel carries the name of a secret. */
function attributesOf({ connection, provider, code, source }: Diagnostic): Record<string, string> {
  return { connection, provider, ...(code && { "error.type": code }), ...(source && { source }) };
}
