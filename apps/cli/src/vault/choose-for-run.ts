import { isSecretError, type SecretError } from "@vaultlink/core";
import type { Configuration } from "../config/load.ts";
import { record } from "../config/merge.ts";
import { usage } from "../failure.ts";
import { expectLink } from "./choose.ts";
import { refuseDomains } from "./resolve.ts";
import { checkName } from "../env/names.ts";

/** A name for a command's environment, or why it may not be there. */
export interface Chosen {
  readonly name: string;
  /** Whether the command may start without it. */
  readonly required: boolean;
  readonly error?: SecretError;
}

export interface Choice {
  /** These names instead of all links. */
  readonly only: readonly string[] | undefined;
  readonly anyDomain: boolean;
  readonly platform: NodeJS.Platform;
}

/** The names for a command's environment. Throws `usage` for an empty one: a script's variable was not set. */
export function chooseForRun(configuration: Configuration, { only, anyDomain, platform }: Choice): readonly Chosen[] {
  // What a script's unset variable leaves of a list must not start a command without its secrets.
  if (only?.some((name) => name === "") === true || only?.length === 0) {
    throw usage("--only has an empty name; give names separated by commas.", "vaultlink run --help");
  }
  const names = only === undefined ? [...configuration.links.keys()] : [...new Set(only)];
  const allowed = configuration.user.content.allowedNames ?? [];
  return names.map((name, at) => {
    const required = record(configuration.links.get(name)?.definition ?? null).required ?? true;
    try {
      expectLink(name, at, configuration);
      checkName(name, { platform, allowed }, "run");
      if (!anyDomain) refuseDomains(name, configuration);
      return { name, required };
    } catch (error) {
      if (!isSecretError(error)) throw error;
      return { name, required, error };
    }
  });
}
