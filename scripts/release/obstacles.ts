import type { Published } from "./manifests.ts";

/** What stands in the way of a release; empty for nothing. */
export function releaseObstacles(address: string | undefined, published: readonly Published[]): readonly string[] {
  if (address === undefined || !/^https:\/\/[^/]+\/[^/]+\/[^/]+$/.test(address)) {
    return ['The repository\'s address is not set: "repository" in package.json, then `pnpm release:manifests`.'];
  }
  return published.flatMap(({ folder, manifest }) => {
    const found: string[] = [];
    const url = `git+${address}.git`;
    if (manifest.repository?.url !== url || manifest.repository.directory !== folder)
      found.push(`${manifest.name} names another repository; run \`pnpm release:manifests\`.`);
    if (manifest.version === "0.0.0") found.push(`${manifest.name} has no version yet; merge the next versions.`);
    if ((manifest.keywords ?? []).length === 0) found.push(`${manifest.name} has no keywords.`);
    return found;
  });
}
