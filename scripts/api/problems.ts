import type { Entry } from "./entries.ts";

/** An entry with its report as it is built now, as it is committed, and as it was at the base of this change. */
export interface Compared extends Entry {
  readonly built: string;
  readonly committed: string | undefined;
  /** `undefined` if there was none, or if there is no base to compare with. */
  readonly base?: string | undefined;
}

/** What was announced since the base: packages that a changeset names, and packages whose version is another already. */
export type Announced = ReadonlySet<string>;

/** Reports that do not tell what is built. */
export function outdated(entries: readonly Compared[]): readonly string[] {
  return entries
    .filter(({ built, committed }) => built !== committed)
    .map(
      ({ name, report, committed }) =>
        `The public declarations of ${name} ${committed === undefined ? "have no report yet" : "changed"}: ` +
        `run \`pnpm api\`, look at ${report}, and commit it.`,
    );
}

/** Packages whose public declarations are no longer those of the base, while nothing tells their users. */
export function unannounced(entries: readonly Compared[], announced: Announced): readonly string[] {
  const changed = entries.filter(({ base, built }) => base !== undefined && base !== built);
  return [...Map.groupBy(changed, (entry) => entry.package)]
    .filter(([name]) => !announced.has(name))
    .map(
      ([name, those]) =>
        `The public declarations of ${those.map((entry) => entry.name).join(" and ")} changed, and no changeset of this change ` +
        `names ${name}: run \`pnpm changeset\` and say what its users get.`,
    );
}
