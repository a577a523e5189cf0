import type { Plugin } from "@vaultlink/core";
import { usage } from "../failure.ts";
import type { Field } from "./fields.ts";
import { at, type Options } from "./secrets.ts";

/**
 * New options over former ones. Where a choice of a group changes, such as `auth.method`, the group's other former
 * options belong to the choice before and go.
 */
export function combine(former: Options, given: Options, fields: readonly Field[]): Options {
  const changed = fields.filter(({ path, enum: choices }) => {
    const [before, now] = [at(former, path), at(given, path)];
    return choices !== undefined && path.length > 1 && now !== undefined && before !== undefined && before !== now;
  });
  const groups = new Set(changed.map(({ path }) => path[0]));
  const kept = Object.fromEntries(Object.entries(former).filter(([name]) => !groups.has(name)));
  return merge(kept, given);
}

/** Members of one level of groups are merged; everything else is replaced. */
export function merge(former: Options, given: Options): Options {
  const members = Object.entries(given).map(([name, value]) => {
    const before = former[name];
    return [name, isGroup(before) && isGroup(value) ? merge(before, value) : value] as const;
  });
  return { ...former, ...Object.fromEntries(members) };
}

const isGroup = (held: unknown): held is Options => typeof held === "object" && held !== null && !Array.isArray(held);

/** The options that are required and not given, credentials apart. */
export const missing = (fields: readonly Field[], given: Options): readonly Field[] =>
  fields.filter(({ path, required, secret }) => required && !secret && at(given, path) === undefined);

/** Throws `usage` with the plugin's own sentence for options it refuses. */
export async function validate(plugin: Plugin, options: Options, hint: string): Promise<void> {
  const result = await plugin.options["~standard"].validate(options);
  const [issue] = result.issues ?? [];
  if (issue !== undefined) throw usage(issue.message, hint);
}
