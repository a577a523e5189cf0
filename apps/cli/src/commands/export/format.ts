import { SecretError } from "@vaultlink/core";

/** How names and values are written for somebody else to read. */
export interface Format {
  /** What stands around the entries and between them. */
  readonly before?: string;
  readonly between?: string;
  readonly after?: string;
  /** Whether the names become environment variables. */
  readonly isEnvironment: boolean;
  /** One name and its value. Throws `unusable` for a value that the format cannot carry. */
  entry(name: string, value: string): string;
}

/** Why a format cannot carry a value, which is not repeated. */
export function refuse(sentence: string, hint: string): SecretError {
  return new SecretError("unusable", sentence, { reason: "format", hint });
}
