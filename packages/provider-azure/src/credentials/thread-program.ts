import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SecretError } from "@vaultlink/core";

/** What `Worker` is started with. */
export interface ThreadProgram {
  readonly url: URL;
  readonly execArgv: readonly string[];
}

/**
 * Finds the thread's program: beside this file in the sources, and beside the bundle in the package. `here` is the address
 * of this module, which one that was bundled as CommonJS has not. Throws `invalid_config` where the program is not.
 */
export function findProgram(here: string | undefined = import.meta.url): ThreadProgram {
  const sources = here?.endsWith(".ts") === true;
  const url = here === undefined ? undefined : new URL(sources ? "thread-worker.ts" : "azure-thread.js", here);
  if (url === undefined || !existsSync(fileURLToPath(url))) {
    throw new SecretError(
      "invalid_config",
      "This way of signing in to Azure needs a file of @vaultlink/provider-azure that is not beside this bundle.",
      { mend: "keep @vaultlink/provider-azure external in the bundler's options" },
    );
  }
  // The sources' imports of each other need the same condition in the thread.
  return { url, execArgv: sources ? ["--conditions=source", "--disable-warning=ExperimentalWarning"] : [] };
}
