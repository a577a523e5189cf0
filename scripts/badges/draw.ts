import type { Fact } from "./facts.ts";

/** Width of a letter, in px: near enough at 11 px. */
const LETTER = 6.5;
const PADDING = 8;

/** A badge as SVG. */
export function draw({ label, value }: Fact): string {
  const [left, right] = [widthOf(label), widthOf(value)];
  const text = (middle: number, said: string): string => `<text x="${middle}" y="14">${said}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${label}: ${value}">`,
    `<rect width="${left}" height="20" fill="#424242"/><rect x="${left}" width="${right}" height="20" fill="#1565c0"/>`,
    `<g fill="#fff" font-family="Verdana,sans-serif" font-size="11" text-anchor="middle">`,
    `${text(left / 2, label)}${text(left + right / 2, value)}</g></svg>`,
    "",
  ].join("\n");
}

function widthOf(text: string): number {
  return Math.ceil(text.length * LETTER) + 2 * PADDING;
}
