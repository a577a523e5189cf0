import { inspect } from "node:util";

/**
 * Prints what a provider threw that is no error of ours. It goes nowhere, unless whoever writes the provider asked to see
 * what this process prints.
 */
export function trace(thrown: unknown): void {
  process.stderr.write(`${inspect(thrown)}\n`);
}
