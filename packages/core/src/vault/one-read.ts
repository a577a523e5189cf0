import { sequenceOf, type SecretValue } from "../secret-value.ts";

/** How often names of one document are read again until one read gave them all. */
const MAX_ROUNDS = 3;

/** A value, and the document that it is from, if that is known. */
export interface Reading {
  readonly value: SecretValue;
  readonly document: string | undefined;
}

/** What `fromOneRead` asks for. */
interface Reads<Got> {
  /** `undefined` for a name that has no value. */
  readonly readingOf: (got: Got) => Reading | undefined;
  /** Reads a name again: only what was read after the sequence number `newerThan` counts. */
  readonly again: (got: Got, newerThan: number) => Promise<Got>;
}

/**
 * What was read for several names, such that names of one document have the same read of it: one that changes or ends
 * between two names would give a user's name with the password of another user. Rejects as `again` does.
 */
export async function fromOneRead<Got>(got: Got[], { readingOf, again }: Reads<Got>): Promise<Got[]> {
  let all = got;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const mixed = fromSeveralReads(all.map((one) => readingOf(one)));
    if (mixed.size === 0) break;
    const readAgain = async (one: Got, index: number): Promise<Got> => {
      const newerThan = mixed.get(index);
      return newerThan === undefined ? one : again(one, newerThan);
    };
    all = await Promise.all(all.map(readAgain));
  }
  return all;
}

/** The places of names whose document was read more than once, each with what the next read of it must be newer than. */
function fromSeveralReads(readings: ReadonlyArray<Reading | undefined>): ReadonlyMap<number, number> {
  const documents = new Map<string, Array<readonly [index: number, value: SecretValue]>>();
  for (const [index, reading] of readings.entries()) {
    if (reading?.document === undefined) continue;
    const known = documents.get(reading.document);
    if (known === undefined) documents.set(reading.document, [[index, reading.value]]);
    else known.push([index, reading.value]);
  }
  const mixed = new Map<number, number>();
  for (const names of documents.values()) {
    const [first] = names;
    if (first === undefined || names.every(([, value]) => isSameRead(value, first[1]))) continue;
    // The newest that there is counts: it is stored, unless the document may not be.
    const newerThan = Math.max(...names.map(([, value]) => sequenceOf(value))) - 1;
    for (const [index] of names) mixed.set(index, newerThan);
  }
  return mixed;
}

/** Whether both are of one read, or of two that brought the same version of what the vault keeps. */
function isSameRead(one: SecretValue, other: SecretValue): boolean {
  if (sequenceOf(one) === sequenceOf(other)) return true;
  const { leased, version } = one.provenance;
  return leased !== true && version !== undefined && version === other.provenance.version;
}
