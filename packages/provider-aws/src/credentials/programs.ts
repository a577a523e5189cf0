import { exec } from "node:child_process";
import { externalDataInterceptor } from "@smithy/core/config";
import type { ProviderEnv } from "@vaultlink/core/provider";

/** What became of the program that a profile names. */
export interface Programs {
  /** Whether one failed, or printed what is not credentials. */
  failed: boolean;
}

/**
 * Has the SDK start programs in the environment that core lends for programs, as `aws` does: its own way gives them this
 * thread's. The command stands in the profile, so the program knows whom it is for.
 */
export function watchPrograms(programEnv: ProviderEnv): Programs {
  const programs: Programs = { failed: false };
  const start = (command: string, done: (error: Error | null, printed?: { readonly stdout: string }) => void): void => {
    // Until credentials come of it.
    programs.failed = true;
    exec(command, { env: programEnv, windowsHide: true }, (error, stdout) => done(error, { stdout }));
  };
  // The reader takes `exec` from here when there is one, instead of Node's.
  Object.assign(externalDataInterceptor.getTokenRecord(), { exec: start });
  return programs;
}
