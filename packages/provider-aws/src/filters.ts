import type { Filter, FilterNameStringType } from "@aws-sdk/client-secrets-manager";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Filter.html */
const KEYS: ReadonlySet<string> = new Set([
  "description",
  "name",
  "tag-key",
  "tag-value",
  "primary-region",
  "owning-service",
  "all",
] satisfies FilterNameStringType[]);

/** Reads `key=value`; a `!` before the value turns it around, as in the service itself. */
export function parseFilter(text: string): Filter | undefined {
  const [, key = "", value = ""] = /^([a-z-]+)=(!?[\w \-/+=.@:]{1,512})$/.exec(text) ?? [];
  return KEYS.has(key) ? { Key: key as FilterNameStringType, Values: [value] } : undefined;
}
