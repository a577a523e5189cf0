/**
 * The lease in the beginning of an answer, which the vault writes before the data, or `undefined`. A secret's own text
 * cannot be taken for it: inside of a text the quotation marks are escaped.
 */
export function findLease(text: string): string | undefined {
  const data = text.search(/"data"\s*:/);
  const beforeData = data < 0 ? text : text.slice(0, data);
  const quoted = /"lease_id"\s*:\s*("(?:[^"\\]|\\.)+")/.exec(beforeData)?.[1];
  if (quoted === undefined) return undefined;
  try {
    const lease: unknown = JSON.parse(quoted);
    return typeof lease === "string" ? lease : undefined;
  } catch {
    return undefined;
  }
}
