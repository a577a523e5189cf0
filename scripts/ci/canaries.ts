/** What every fake secret of the tests contains. */
const MARKER = "vlcanary-";

/** Where a fake secret came out: never the secret. */
export interface Leak {
  /** Counted from 1. */
  readonly line: number;
  /** `"plain"`, `"hex"` or `"base64"`. */
  readonly form: string;
}

const FORMS: readonly (readonly [form: string, text: string])[] = [
  ["plain", MARKER],
  ["hex", Buffer.from(MARKER).toString("hex")],
  // Base64 depends on how many bytes stand before: the three cases, without the letters that a neighbour may change.
  ...[0, 1, 2].map((before) => {
    const all = Buffer.from(" ".repeat(before) + MARKER).toString("base64");
    return [
      "base64",
      all.slice(before === 0 ? 0 : before + 1, Math.floor(((before + MARKER.length) * 8) / 6)),
    ] as const;
  }),
];

/** Every line of a text that holds a fake secret, in plain, hex or base64. */
export function leaksOf(text: string): Leak[] {
  if (!FORMS.some(([form, piece]) => holds(text, form, piece))) return [];
  return text
    .split("\n")
    .flatMap((row, index) =>
      FORMS.filter(([form, piece]) => holds(row, form, piece)).map(([form]) => ({ line: index + 1, form })),
    );
}

function holds(text: string, form: string, piece: string): boolean {
  return text.includes(piece) || (form === "hex" && text.includes(piece.toUpperCase()));
}
