import { stripTypeScriptTypes } from "node:module";

/**
 * TypeScript without its types. Node leaves blanks where the types were; those are removed, and with them the lines that
 * held nothing else.
 */
export function toJavaScript(source: string): string {
  const blank = stripTypeScriptTypes(source, { mode: "strip" });
  let from = 0;
  const lines = source.split("\n").flatMap((before) => {
    const after = blank.slice(from, from + before.length);
    from += before.length + 1;
    if (before === after) return [before];
    const kept = before
      .split("")
      .filter((letter, at) => after[at] === letter && !isLoose(before, after, at))
      .join("");
    return kept.trim() === "" ? [] : [tidied(kept.trimEnd())];
  });
  return `${lines
    .join("\n")
    .replaceAll('.ts"', '.js"')
    .replaceAll(/\/\*\*(?:[^*]|\*(?!\/))*\*\/\n\n/g, "")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim()}\n`;
}

/** A line as a formatter leaves it, where a type stood between two signs. */
function tidied(line: string): string {
  return line
    .replaceAll(", }", " }")
    .replaceAll(")=>", ") =>")
    .replaceAll("){", ") {")
    .replaceAll("}= ", "} = ")
    .replaceAll(/(?<=\w)= /g, " = ")
    .replaceAll(/ +;$/g, ";");
}

/** Whether a blank stood beside a type, and only for its sake. */
function isLoose(before: string, after: string, at: number): boolean {
  if (before[at] !== " ") return false;
  const removed = (index: number): boolean =>
    before[index] !== undefined && before[index] !== " " && after[index] === " ";
  return removed(at - 1) || (removed(at + 1) && removed(at - 1));
}
