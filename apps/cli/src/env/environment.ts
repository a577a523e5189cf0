import { type SecretValue, SecretError, type Env } from "@vaultlink/core";
import { disclose } from "../output/disclose.ts";

/** A value as an environment variable. Throws `unusable` for what none can carry: a NUL, or bytes that are no text. */
export function variable(value: SecretValue): string {
  const text = disclose(value);
  if (text.includes("\0")) {
    throw new SecretError("unusable", "The value holds a NUL, which no environment variable can carry.", {
      reason: "nul",
    });
  }
  return text;
}

/** The child's environment: ours, and the names that were asked for. A name that differs in case only is one variable on Windows. */
export function environment(ours: Env, values: ReadonlyMap<string, string>, platform: NodeJS.Platform): Env {
  const given = new Set([...values.keys()].map((name) => name.toUpperCase()));
  const kept = Object.entries(ours).filter(([name]) => platform !== "win32" || !given.has(name.toUpperCase()));
  return { ...Object.fromEntries(kept), ...Object.fromEntries(values) };
}
