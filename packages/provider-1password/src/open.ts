import type { Context, Session } from "@vaultlink/core/provider";
import type { CheckedOptions } from "./check-options.ts";

/** Signs in by the method that is configured. Throws without a session half open. */
export async function open({ auth, ...settings }: CheckedOptions, context: Context): Promise<Session> {
  switch (auth.method) {
    case "service-account":
      return (await import("./open-service-account.ts")).openServiceAccount({ ...settings, ...auth }, context);
    case "desktop":
      return (await import("./open-desktop.ts")).openDesktop({ ...settings, ...auth }, context);
    case "connect":
      return (await import("./connect/open.ts")).openConnect({ ...settings, ...auth }, context);
  }
}
