/** What a badge says: a label and a value. */
export interface Fact {
  /** The name of its file below docs/badges, without its ending. */
  readonly file: string;
  readonly label: string;
  readonly value: string;
}

/** The parts of the command's manifest that badges tell. */
export interface Manifest {
  readonly version: string;
  readonly license: string;
  readonly engines: { readonly node: string };
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** What the README's badges say of the command: read from its manifest, so that it is true. */
export function factsOf({ version, license, engines, dependencies = {} }: Manifest): readonly Fact[] {
  const needs = Object.keys(dependencies).length;
  return [
    { file: "npm", label: "npm", value: version === "0.0.0" ? "not released yet" : `v${version}` },
    { file: "node", label: "Node.js", value: engines.node.replace(/^>=/, "≥ ") },
    { file: "dependencies", label: "dependencies of the command", value: needs === 0 ? "none" : String(needs) },
    { file: "licence", label: "licence", value: license },
  ];
}
