/** Characters that some format gives a meaning, and some of every kind that none does. */
const SPECIAL = [
  ..."'\"`\\$!#%&*?~^|;:<>(){}[]=+-_,.@/ \t\n".split(""),
  ...["\\n", "\\r", "\\\\", "$(id)", "${HOME}", "`id`", "'\\''", "%PATH%", "\n\n", " #", "EOF\n", "\\'", '\\"', "^M"],
  ...["\u2018", "\u2019", "\u201a", "\u201b", "\u201c", "\u00a0", "\u2028", "\u2029", "\u0085", "\ufeff", "\u200e"],
  ...["ä", "ß", "漢", "😀", "\u{10ffff}", "\ufffd", "\ufdd0", "\ufffe", "\uf600", "\uf8ff", "\ue000"],
];

/** A random value such as a vault may hold: no NUL, which no environment carries. */
export function makeValue(next: () => number): string {
  const upTo = (count: number): number => Math.floor(next() * count);
  const part = (): string => {
    switch (upTo(4)) {
      case 0:
        return SPECIAL[upTo(SPECIAL.length)] ?? "";
      case 1:
        return String.fromCharCode(1 + upTo(127));
      case 2:
        return String.fromCodePoint(0x20 + upTo(0xd7e0));
      default:
        return "abcXYZ0189"[upTo(10)] ?? "";
    }
  };
  return Array.from({ length: upTo(24) }, part).join("");
}
