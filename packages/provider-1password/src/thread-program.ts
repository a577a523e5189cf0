import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SecretError } from "@vaultlink/core/provider";

/** What `Worker` is started with. */
export interface ThreadProgram {
  readonly url: URL;
  readonly execArgv: readonly string[];
}

/**
 * Finds the thread's program: beside this file in the sources, and beside the bundle in the package. `here` is the address
 * of this module; empty where it was bundled as CommonJS, which has none. Throws `invalid_config` where the program is not.
 */
export function findProgram(here: string = addressOfThis()): ThreadProgram {
  const sources = here.endsWith(".ts");
  const url = URL.parse(sources ? "worker/worker.ts" : "onepassword-thread.js", here);
  if (url?.protocol !== "file:" || !existsSync(fileURLToPath(url))) {
    throw new SecretError(
      "invalid_config",
      "1Password's SDK needs a file of @vaultlink/provider-1password that is not beside this bundle.",
      { hint: "keep @vaultlink/provider-1password external in the bundler's options" },
    );
  }
  // The sources' imports of each other need the same condition in the thread.
  return { url, execArgv: sources ? ["--conditions=source", "--disable-warning=ExperimentalWarning"] : [] };
}

/** Looked at here and not when this is loaded: a Connect server needs no thread. */
function addressOfThis(): string {
  const meta: { readonly url?: string } = import.meta;
  return meta.url ?? "";
}
