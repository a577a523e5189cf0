import type { Configuration } from "../../config/load.ts";
import { originOf } from "../../config/origin-file.ts";
import { type FilePlace, placeIn } from "../../config/place.ts";
import { record } from "../../config/merge.ts";

/** Where a link stands, and which of the files' rules decided. */
export interface FoundLink {
  /** Absent for a reference. */
  readonly link?: FilePlace & {
    readonly origin: "user" | "project";
    readonly required: boolean;
    readonly enabled: boolean;
    readonly allowedDomains?: readonly string[];
  };
  /** In sentences. */
  readonly rules: readonly string[];
}

/** What the files say of a name. */
export function findLink(name: string, configuration: Configuration): FoundLink {
  const found = configuration.links.get(name);
  if (found === undefined) return { rules: [] };
  const { origin, hidesProject, definition } = found;
  const { required = true, enabled = true, allowedDomains = [] } = record(definition);
  const place = placeIn(originOf(origin, configuration), ["links", name]);
  const rules = [
    ...(hidesProject ? ["Your own link of this name goes before the project's."] : []),
    ...(enabled ? [] : ["The link is disabled in its file."]),
    ...(required ? [] : ["A run may start without it."]),
    ...(allowedDomains.length > 0 ? [`Its value may go to ${allowedDomains.join(", ")} only.`] : []),
  ];
  return {
    link: { ...place, origin, required, enabled, ...(allowedDomains.length > 0 && { allowedDomains }) },
    rules,
  };
}
