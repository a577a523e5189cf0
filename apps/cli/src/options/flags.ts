import type { Field } from "./fields.ts";

/** A provider's option as a flag. */
export interface Flag {
  /** `--role-id`; for a credential `--secret-id-stdin`, which takes no value. */
  readonly long: string;
  /** What commander calls it. */
  readonly attribute: string;
  readonly field: Field;
}

/**
 * The flags of a provider's options. An option of a group has its own name, or the group's before it where the name is
 * taken: `--mount`, `--auth-mount`.
 */
export function flagsOf(fields: readonly Field[]): readonly Flag[] {
  const taken = new Set(RESERVED);
  const flags = fields
    .toSorted((a, b) => a.path.length - b.path.length)
    .map((field) => {
      const short = kebab(field.path.slice(-1));
      const name = taken.has(short) ? kebab(field.path) : short;
      taken.add(name);
      const shown = field.secret ? `${name}-stdin` : name;
      return { long: `--${shown}`, attribute: camel(shown), field };
    });
  return fields.flatMap((field) => flags.find((flag) => flag.field === field) ?? []);
}

/** Flags of the commands themselves. */
const RESERVED: readonly string[] = ["json", "help", "trust", "yes", "version"];

const kebab = (path: readonly string[]): string =>
  path.map((part) => part.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)).join("-");

const camel = (name: string): string => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
