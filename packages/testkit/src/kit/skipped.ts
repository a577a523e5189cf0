/** Thrown inside a case that turns out not to apply. */
export class Skipped extends Error {
  override readonly name: string = "Skipped";
}

/** Ends a case that shows nothing about this provider, with a reason that its users can read. */
export function skipped(reason: string): never {
  throw new Skipped(reason);
}
