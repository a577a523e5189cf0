import type { Context, Session } from "@vaultlink/core/provider";
import { authIn, type CheckedOptions } from "./check-options.ts";

/** Signs in by the method that is configured. Throws without a session half open. */
export async function open(options: CheckedOptions, context: Context): Promise<Session> {
  const auth = authIn(options.auth, context.env);
  switch (auth.method) {
    case "service-account":
      return (await import("./open-service-account.ts")).openServiceAccount(auth, options, context);
    case "desktop":
      return (await import("./open-desktop.ts")).openDesktop(auth, options, context);
    case "connect":
      return (await import("./connect/open.ts")).openConnect(auth, options, context);
  }
}
