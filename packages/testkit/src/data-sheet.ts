import type { CaseResult } from "./runners.ts";

const BEGIN = "<!-- conformance: begin -->";
const END = "<!-- conformance: end -->";

/** The data sheet of a provider as Markdown: what was shown, what failed, and what does not apply, and why. */
export function dataSheet(results: readonly CaseResult[]): string {
  const failed = results.filter((result) => result.failed !== undefined);
  const skipped = results.filter((result) => result.skipped !== undefined);
  const passed = results.length - failed.length - skipped.length;
  return [
    `${passed} of ${results.length} conformance cases pass, ${failed.length} fail, ${skipped.length} do not apply.`,
    ...table(failed, "Fails", ({ failed: message }) => message),
    ...table(skipped, "Does not apply", ({ skipped: reason }) => reason),
  ].join("\n");
}

/** A text with the data sheet between its two marks, `<!-- conformance: begin -->` and `… end -->`; at its end without them. */
export function withDataSheet(text: string, results: readonly CaseResult[]): string {
  const sheet = `${BEGIN}\n\n${dataSheet(results)}\n\n${END}`;
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin === -1 || end < begin) return `${text.trimEnd()}\n\n${sheet}\n`;
  return `${text.slice(0, begin)}${sheet}${text.slice(end + END.length)}`;
}

function table(
  results: readonly CaseResult[],
  heading: string,
  why: (result: CaseResult) => string | undefined,
): readonly string[] {
  if (results.length === 0) return [];
  const rows = results.map((result) => `| ${result.group} | ${cell(result.name)} | ${cell(why(result) ?? "")} |`);
  return ["", `| ${heading} | case | why |`, "| --- | --- | --- |", ...rows];
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll(/\s+/g, " ");
}
