import { isTest, type Rule, type Source } from "./workspace.ts";

const LIMIT = 250;

/** No file is longer than can be read in one go. */
export const size: Rule = ({ sources }) =>
  sources
    .filter(({ lines }) => lines > LIMIT)
    .map(({ path, lines }) => `${path}: ${lines} lines; the limit is ${LIMIT}, so it holds more than one idea`);

/** How long the files are, in two lines of text: sources, tests. */
export function measured(sources: readonly Source[]): string {
  const tests = sources.filter(({ path }) => isTest(path));
  const rest = sources.filter(({ path }) => !isTest(path));
  return [row("sources", rest), row("tests", tests)].join("\n");
}

function row(name: string, sources: readonly Source[]): string {
  const lines = sources.map((source) => source.lines).toSorted((a, b) => a - b);
  const at = (share: number): number => lines[Math.max(0, Math.ceil(share * lines.length) - 1)] ?? 0;
  const total = lines.reduce((sum, count) => sum + count, 0);
  return `${name.padEnd(8)} ${lines.length} files, ${total} lines: median ${at(0.5)}, 90th percentile ${at(0.9)}, maximum ${at(1)}`;
}
