/** Where the repository's own pages are on the site, by the end of their path. */
const PLACES: readonly (readonly [path: string, address: string])[] = [
  ["cli.md", "/reference/commands/"],
  ["providers/README.md", "/providers/overview/"],
  ["programs.md", "/providers/programs/"],
  ["providers/use.md", "/providers/use/"],
  ["providers/faults.md", "/providers/faults/"],
  ["providers/versions.md", "/providers/versions/"],
  ["SECURITY.md", "/guides/security/"],
  ["core/README.md", "/guides/how-it-works/"],
];

/** Turns links between files into links between pages; what has no page keeps its text alone. */
export function relink(markdown: string, own: Readonly<Record<string, string>> = {}): string {
  return markdown.replaceAll(/\[([^\]]+)\]\(([^)\s]+)\)/g, (whole, text: string, target: string) => {
    if (/^(https?:|#|\/)/.test(target)) return whole;
    const [path = "", anchor] = target.split("#");
    const address = own[path] ?? PLACES.find(([end]) => path.endsWith(end))?.[1];
    return address === undefined ? text : `[${text}](${address}${anchor === undefined ? "" : `#${anchor}`})`;
  });
}
