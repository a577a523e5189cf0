import { readChangesets } from "@changesets/read";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Manifest, Published } from "../release/manifests.ts";
import { fileAt } from "./base.ts";
import type { Announced } from "./problems.ts";

/** The packages whose users were told of a change since `commit`: by a changeset that is new or says more, or by a release. */
export async function announcedSince(
  commit: string,
  root: string,
  published: readonly Published[],
): Promise<Announced> {
  const names = new Set<string>();
  for (const { id, releases } of await readChangesets(root)) {
    const path = `.changeset/${id}.md`;
    if (fileAt(root, commit, path) === readFileSync(join(root, path), "utf8")) continue;
    for (const { name } of releases) names.add(name);
  }
  for (const { folder, manifest } of published) {
    const before = fileAt(root, commit, `${folder}/package.json`);
    if (before !== undefined && (JSON.parse(before) as Manifest).version !== manifest.version) names.add(manifest.name);
  }
  return names;
}
