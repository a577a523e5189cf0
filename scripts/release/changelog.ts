/* What `changeset version` writes into the changelogs: what users get, without the ids of commits. */

interface Changeset {
  readonly summary: string;
}

interface Updated {
  readonly name: string;
  readonly newVersion: string;
}

/** The functions that https://github.com/changesets/changesets/blob/main/docs/modifying-changelog-format.md asks for. */
const changelog = {
  /** One entry: the text of a changeset. */
  getReleaseLine({ summary }: Changeset): string {
    const [first = "", ...rest] = summary.trim().split("\n");
    return [`- ${first}`, ...rest.map((line) => (line === "" ? "" : `  ${line}`))].join("\n");
  },

  /** The packages of ours that this one goes with; once, however many changesets they come from. */
  getDependencyReleaseLine(_changesets: readonly Changeset[], updated: readonly Updated[]): string {
    if (updated.length === 0) return "";
    return `- Goes with ${updated.map(({ name, newVersion }) => `${name} ${newVersion}`).join(" and ")}.`;
  },
};
export default changelog;
