import { schemaOf } from "../kit/plugin-options.ts";
import type { Subject } from "../subject.ts";

/*
 * What a subject has nothing of, in a sentence: a mutant that would be wrong about it is no other provider.
 */

/** What the subject's documents hold, and what `put` writes is one of them. */
function values({ existing, bytes, pinned, empty }: Subject): readonly unknown[] {
  return [...existing, bytes, pinned, empty].flatMap((document) => (document === undefined ? [] : [document.value]));
}

const isText = (value: unknown): boolean => typeof value === "string";
const isBytes = (value: unknown): boolean => value instanceof Uint8Array;

/** Texts alone: whoever gets one cannot change what another gets. */
export const lacksObjects = (subject: Subject): string | undefined =>
  values(subject).every(isText) ? "Your documents are texts, which nobody can change." : undefined;

export const lacksFields = (subject: Subject): string | undefined =>
  values(subject).every((value) => isText(value) || isBytes(value)) ? "Your documents have no fields." : undefined;

/** A plugin that some option is required of takes no empty options, and may describe one more as required. */
export const requiresOptions = ({ plugin }: Subject): string | undefined => {
  const required = plugin && schemaOf(plugin)["required"];
  return Array.isArray(required) && required.length > 0 ? "Your plugin requires options." : undefined;
};

export const lacksTexts = (subject: Subject): string | undefined =>
  values(subject).some(isText) ? undefined : "Your documents are no texts.";

export const lacksBytes = (subject: Subject): string | undefined =>
  values(subject).some(isBytes) ? undefined : "Your documents are no bytes.";
