import { lstat } from "../config/file-calls.ts";
import { type Loaded, readConfig } from "../config/read.ts";
import { policySchema } from "../config/schema/policy.ts";
import type { Kind } from "../config/change.ts";
import type { PolicyContent } from "./content.ts";
import { type PolicyPlace, policyReader } from "./place.ts";

/** `policy.json`. */
export const POLICY: Kind = { schema: policySchema, privacy: "shared" };

/** A policy, and where it is. */
export interface Policy extends Loaded<PolicyContent> {
  readonly place: PolicyPlace;
}

/**
 * The policy of this machine, or `undefined` where there is none. Throws `invalid_config` for one that cannot be used, or that
 * others than the administrator may write: then nobody knows what the administrator wants.
 */
export async function loadPolicy(place: PolicyPlace): Promise<Policy | undefined> {
  if (await isAbsent(place.file)) return undefined;
  const read = await readConfig<PolicyContent>(place.file, policySchema, policyReader(place));
  return read.text === undefined ? undefined : { ...read, place };
}

/** Whatever its folders are like: what is not there says nothing, and what others make there is refused once it is there. */
async function isAbsent(file: string): Promise<boolean> {
  const code = await lstat(file).then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error.code,
  );
  return code === "ENOENT" || code === "ENOTDIR";
}
