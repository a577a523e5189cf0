/** A marker in a template, by bytes; the end is exclusive. */
export interface Marker {
  readonly from: number;
  readonly to: number;
  /** What stands in it: a name or a reference. Absent where it is malformed. */
  readonly given: string | undefined;
  /** Counted from 1. */
  readonly line: number;
}

const OPENING = "{{vault:";
const CLOSING = "}}";

/** The markers `{{vault:NAME}}` of a template, in order. Everything else may be any bytes. */
export function markersOf(template: Uint8Array): readonly Marker[] {
  // In latin1 a character is a byte, whatever the template is written in.
  const text = Buffer.from(template).toString("latin1");
  const markers: Marker[] = [];
  let line = 1;
  for (let at = 0, from = text.indexOf(OPENING); from >= 0; from = text.indexOf(OPENING, at)) {
    line += lineEndsIn(text, at, from);
    const inside = insideOf(text, from + OPENING.length);
    const to = inside === undefined ? from + OPENING.length : from + OPENING.length + inside.length + CLOSING.length;
    const given = inside && Buffer.from(inside, "latin1").toString("utf8").trim();
    markers.push({ from, to, given: given === "" ? undefined : given, line });
    // A marker holds no line end.
    at = to;
  }
  return markers;
}

/** The template with each marker replaced; one without a value stays. */
export function fill(
  template: Uint8Array,
  markers: readonly Marker[],
  valueOf: (marker: Marker) => Uint8Array | undefined,
): Uint8Array {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const marker of markers) {
    parts.push(template.subarray(at, marker.from));
    parts.push(valueOf(marker) ?? template.subarray(marker.from, marker.to));
    at = marker.to;
  }
  return Buffer.concat([...parts, template.subarray(at)]);
}

/** Up to the closing braces on the same line; another marker inside makes it malformed. */
function insideOf(text: string, from: number): string | undefined {
  const end = text.indexOf(CLOSING, from);
  const inside = end < 0 ? undefined : text.slice(from, end);
  return inside === undefined || /[\r\n]|\{\{/.test(inside) ? undefined : inside;
}

function lineEndsIn(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", from); at >= 0 && at < to; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
