const LINE_PX = 20;
const COLUMN_PX = 8.05;
const MARGIN_PX = 20;
const BAR_PX = 34;

/** How a line looks: what is typed, a heading, an explanation, or what a command says. */
type Kind = "typed" | "heading" | "said";

/**
 * A picture of a terminal, as SVG.
 *
 * @param output what the demo printed, without colours
 * @param acts the beginnings of the headings to show, e.g. `["1.", "2."]`
 * @throws Error if one of the acts is not there
 */
export function drawTerminal(output: string, acts: readonly string[]): string {
  const lines = acts.flatMap((act, index) => [...(index === 0 ? [] : [""]), ...actOf(output, act)]);
  return drawLines("The demo of vaultlink at a terminal", lines);
}

/** A picture of lines at a terminal, as SVG. */
export function drawLines(title: string, lines: readonly string[]): string {
  const columns = Math.max(...lines.map((line) => line.length));
  const width = Math.ceil(columns * COLUMN_PX) + 2 * MARGIN_PX;
  const height = BAR_PX + lines.length * LINE_PX + 2 * MARGIN_PX;
  const rows = lines.map((line, index) => row(line, BAR_PX + MARGIN_PX + (index + 0.75) * LINE_PX));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escapeXml(title)}</title>
<style>
text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #c9d1d9; white-space: pre }
.heading { fill: #8b949e; font-weight: bold }
.typed { fill: #f0f6fc }
.prompt { fill: #58a6ff }
</style>
<rect width="${width}" height="${height}" rx="8" fill="#161b22"/>
<circle cx="22" cy="20" r="5.5" fill="#484f58"/><circle cx="40" cy="20" r="5.5" fill="#484f58"/><circle cx="58" cy="20" r="5.5" fill="#484f58"/>
${rows.filter(Boolean).join("\n")}
</svg>
`;
}

/** An act without its explanation: the heading and what was typed and said. */
function actOf(output: string, act: string): readonly string[] {
  const found = output.split("\n\n").find((part) => part.startsWith(act));
  if (found === undefined) throw new Error(`The demo has no act ${act}`);
  const [heading = "", , ...rest] = found.trimEnd().split("\n");
  return [heading, ...rest];
}

function row(line: string, y: number): string {
  if (line === "") return "";
  const kind = kindOf(line);
  const shown = kind === "typed" ? `<tspan class="prompt">$</tspan>${escapeXml(line.slice(1))}` : escapeXml(line);
  return `<text x="${MARGIN_PX}" y="${y}" class="${kind}" xml:space="preserve">${shown}</text>`;
}

function kindOf(line: string): Kind {
  if (line.startsWith("$ ")) return "typed";
  return /^\d\. /.test(line) ? "heading" : "said";
}

const escapeXml = (line: string): string =>
  line.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
