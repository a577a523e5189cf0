import { check, isRecord, kind } from "./expect.ts";

/** Earlier than any lapse in ms since the epoch, later than any in seconds: 1973. */
const TOO_SMALL = 100_000_000_000;
/** Later than any time in ms since the epoch, earlier than any in microseconds: the year 9999. */
const TOO_LARGE = 253_402_300_800_000;
const MEMBERS: ReadonlySet<string> = new Set(["value", "id", "version", "expiresAt", "lease"]);

/** What keeps something from being a document, or `undefined`. */
export function documentFault(given: unknown): string | undefined {
  if (given === null || given === undefined) {
    return `it is ${String(given)}. Absence is a code, never a value: throw a SecretError with \`not_found\`.`;
  }
  if (!isRecord(given)) return `it is ${kind(given)}. A document is an object with a \`value\`.`;
  const { value, id, version, expiresAt, lease } = given;
  if (typeof value !== "string" && !(value instanceof Uint8Array) && !isRecord(value)) {
    return `its \`value\` is ${kind(value)}. Give text, bytes, or an object of fields.`;
  }
  if (Object.keys(given).some((name) => !MEMBERS.has(name))) {
    return "it has a member that is none of a document's. Give `value`, `id`, `version`, `expiresAt` and `lease` only.";
  }
  if (id !== undefined && typeof id !== "string") return `its \`id\` is ${kind(id)}. Give a text or leave it out.`;
  if (version !== undefined && typeof version !== "string")
    return `its \`version\` is ${kind(version)}. Give a text or leave it out.`;
  if (lease !== undefined && typeof lease !== "string")
    return `its \`lease\` is ${kind(lease)}. Give a text or leave it out.`;
  return expiresAt === undefined ? undefined : timeFault(expiresAt, "its `expiresAt`");
}

/** What keeps something from being a time in ms since the epoch, or `undefined`. Zero says: do not keep. */
export function timeFault(given: unknown, what: string): string | undefined {
  if (typeof given !== "number" || Number.isNaN(given)) return `${what} is ${kind(given)}. Give ms since the epoch.`;
  if (given > 0 && given < TOO_SMALL)
    return `${what} is too small. Give ms since the epoch, neither seconds nor a duration.`;
  if (given > TOO_LARGE && given !== Infinity) return `${what} is too large. Give ms since the epoch, no finer unit.`;
  return undefined;
}

/** Fails a case for what is no document. */
export function checkDocument(given: unknown, what: string): void {
  const fault = documentFault(given);
  check(fault === undefined, `${what} gave no document: ${fault ?? ""}`);
}
