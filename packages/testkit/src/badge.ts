import type { CaseResult } from "./runners.ts";

const LABEL = "vaultlink conformance";
/** Width of a letter, in px: near enough for digits and small letters at 11 px. */
const LETTER = 6.5;
const PADDING = 10;

/** A badge as SVG, for the README of a provider: how many cases pass of those that apply; red as soon as one fails. */
export function badge(results: readonly CaseResult[]): string {
  const failed = results.filter((result) => result.failed !== undefined).length;
  const applying = results.filter((result) => result.skipped === undefined).length;
  const text = failed === 0 ? `${applying} of ${results.length}` : `${failed} fail`;
  const colour = failed === 0 && applying > 0 ? "#2e7d32" : "#c62828";
  const [left, right] = [widthOf(LABEL), widthOf(text)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${LABEL}: ${text}">`,
    `<rect width="${left}" height="20" fill="#424242"/><rect x="${left}" width="${right}" height="20" fill="${colour}"/>`,
    `<g fill="#fff" font-family="Verdana,sans-serif" font-size="11" text-anchor="middle">`,
    `<text x="${left / 2}" y="14">${LABEL}</text><text x="${left + right / 2}" y="14">${text}</text></g></svg>`,
    "",
  ].join("\n");
}

function widthOf(text: string): number {
  return Math.ceil(text.length * LETTER) + 2 * PADDING;
}
