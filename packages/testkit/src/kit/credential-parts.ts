import { leaks } from "../canaries.ts";
import type { Subject } from "../subject.ts";

/** Long enough to be no word that stands there by chance. */
const PART = 10;
/** Shorter ones would be shown almost whole. */
const SHORTEST = 16;

/** How the credentials in the subject's variables begin and end: what is shown of a token "to recognise it". */
export function credentialParts({ env = {}, canaries }: Subject): readonly string[] {
  const secrets = Object.values(env).filter(
    // No path of a file, no JSON: both begin like many others.
    (value) => value.length >= SHORTEST && /^[\w.~+=-]+$/.test(value) && leaks(value, canaries).length > 0,
  );
  return secrets.flatMap((value) => [value.slice(0, PART), value.slice(-PART)]);
}
