import { type Locator, parseJson, type SecretDocument } from "@vaultlink/core/provider";
import { copyValue } from "../memory/copy-value.ts";
import type { With } from "./definition.ts";
import { isRecord, same } from "./expect.ts";

type Value = SecretDocument["value"];

/** Names in which something would be lost if it were not encoded, or were encoded twice, trimmed, folded or normalised. */
const NAMES: readonly string[] = [
  "vlkit plain",
  "vlkit?version=1",
  "vlkit#fragment",
  "vlkit%2Fescaped",
  "vlkit%41",
  "vlkit+plus",
  "vlkit&and=1",
  "vlkit;semi:colon",
  "vlkit@at",
  "vlkit'one\"two",
  "vlkit\\back",
  "vlkit-ÜÑÍ-日本-😀",
  "vlkit-e\u0301",
  "vlkit-CASE",
  "vlkit..dots",
  "vlkit*star",
  "vlkit{brace}[0]",
  "vlkit-deep/er/still",
  "vlkit-MixedAndLong-0123456789",
  `vlkit-${"long".repeat(28)}`,
  `vlkit-${"longer".repeat(50)}`,
  "vlkit-folder/__proto__",
  "hasOwnProperty",
];

const TEXTS: readonly string[] = [
  " vlcanary-of-the-kit padded\t",
  "vlcanary-of-the-kit\r\nlines\n",
  "\n",
  "null",
  "true",
  "0",
  "007",
  "1e3",
  "vlcanary-of-the-kit-ÜÑÍ-e\u0301-日本-😀",
  'vlcanary-of-the-kit "quoted" \\ %2F &amp; + <b> ${x} {{y}}',
  "-----BEGIN vlcanary-of-the-kit-----\nAAAA+/==\n-----END-----\n",
  "dmxjYW5hcnktb2YtdGhlLWtpdA==",
  `vlcanary-of-the-kit${"0123456789".repeat(1000)}z`,
  '{"password":"vlcanary-of-the-kit"}',
  '["vlcanary-of-the-kit"]',
  '"vlcanary-of-the-kit"',
  "{}",
  "false",
  // What a decoder of UTF-8 takes for its mark, and leaves out.
  "\uFEFFvlcanary-of-the-kit",
  "vlcanary-of-the-kit\0end",
  `vlcanary-of-the-kit${"x".repeat(70_000)}z`,
  `vlcanary-of-the-kit${"x".repeat(300_000)}z`,
  // Numbers that a double would alter.
  '{"id":9007199254740993,"password":"vlcanary-of-the-kit","ratio":1.50}',
  // What is written anew loses blanks, line ends and the order of the names.
  '{ "user": "app",\n  "password": "vlcanary-of-the-kit" }\n',
  '[ "vlcanary-of-the-kit",  1.0 ]',
  "user: app\npassword: vlcanary-of-the-kit\n",
  "USER=app\nPASSWORD=vlcanary-of-the-kit\n",
  "2026-01-31T12:00:00+01:00",
  "undefined",
];

const FIELDS: readonly Value[] = [
  { text: "vlcanary-of-the-kit", empty: "", padded: " x ", "with.dot": "1", "with space": "2", Upper: "3", upper: "4" },
  { number: 5432, zero: 0, flag: false, nothing: null, nested: { list: [1, "two", null], empty: {} } },
  { constructor: "vlcanary-of-the-kit", toString: "1", hasOwnProperty: "2" },
  // What a vault answers as JSON holds such numbers as they were written.
  parseJson('{"id":9007199254740993,"ratio":1.50,"text":"vlcanary-of-the-kit"}') as Readonly<Record<string, unknown>>,
  JSON.parse('{"__proto__":"vlcanary-of-the-kit","own":"1"}') as Readonly<Record<string, unknown>>,
  { text: '{ "b": 1, "a": "vlcanary-of-the-kit" }', date: "2026-01-31T12:00:00+01:00", number: "007" },
];
const BYTES: readonly Value[] = [
  Uint8Array.from([0xff, 0xfe, 0, 0x80, 0x0d, 0x0a]),
  Uint8Array.from([0xef, 0xbb, 0xbf, 0x41]),
  new Uint8Array(),
  Uint8Array.from([0x80, 0x0d, 0x0a, 0x0a]),
  new Uint8Array(70_000).fill(0xfe),
];

/** A document that the kit has put. */
export interface Placed {
  readonly locator: Locator;
  readonly value: Value;
  /** For messages. */
  readonly what: string;
}

/** Puts a document at each awkward name that the vault takes. */
export async function placeNames(subject: With<"put">): Promise<readonly Placed[]> {
  const placed: Placed[] = [];
  for (const [index, name] of NAMES.entries()) {
    const text = `vlcanary-of-the-kit-name-${index}`;
    const found = await place(subject, name, [text, { value: text }]);
    if (found !== undefined) placed.push({ ...found, what: JSON.stringify(name) });
  }
  return placed;
}

/** Puts each awkward value that the vault takes, a document for each. */
export async function placeValues(subject: With<"put">): Promise<readonly Placed[]> {
  const placed: Placed[] = [];
  for (const [index, value] of [...TEXTS, ...FIELDS, ...BYTES].entries()) {
    const found = await place(
      subject,
      `vlkit-value-${index}`,
      typeof value === "string" ? [value, { value }] : [value],
    );
    if (found !== undefined) placed.push({ ...found, what: `awkward value ${index}` });
  }
  return placed;
}

/** Puts the first of some values that the vault takes under a name. */
export async function place(
  subject: With<"put">,
  name: string,
  values: readonly Value[],
): Promise<Omit<Placed, "what"> | undefined> {
  const path = `${subject.listed ?? ""}${name}`;
  for (const value of values) {
    try {
      await Reflect.apply(subject.put, subject, [path, copyValue(value)]);
      return { locator: { path, query: {} }, value };
    } catch {
      // This vault holds no such name or value.
    }
  }
  return undefined;
}

/**
 * Whether a document holds what was put: a text that is JSON may be given as its fields, and bytes as the text of which
 * they are the UTF-8, where the vault keeps bytes only.
 */
export function holds({ value }: SecretDocument, { value: put }: Pick<Placed, "value">): boolean {
  if (same(value, put)) return true;
  if (put instanceof Uint8Array && typeof value === "string") return same(new TextEncoder().encode(value), put);
  return typeof put === "string" && put.startsWith("{") && isRecord(value) && sorted(value) === sorted(fieldsIn(put));
}

/** The fields that a text holds as JSON. */
const fieldsIn = (put: string): Readonly<Record<string, unknown>> =>
  parseJson(put) as Readonly<Record<string, unknown>>;

/** Fields as JSON, in the order of their names: numbers that a double would alter keep their text (`parseJson`). */
function sorted(value: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(value).toSorted(([one], [two]) => (one < two ? -1 : 1))));
}
