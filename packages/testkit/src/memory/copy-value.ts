import { parseJson, type SecretDocument } from "@vaultlink/core/provider";

type Value = SecretDocument["value"];

/** A value that shares nothing with another. A number whose digits `parseJson` keeps is none that `structuredClone` takes. */
export function copyValue(value: Value): Value {
  if (typeof value === "string") return value;
  if (value instanceof Uint8Array) return Uint8Array.from(value);
  try {
    return structuredClone(value);
  } catch {
    return parseJson(JSON.stringify(value)) as Value;
  }
}
