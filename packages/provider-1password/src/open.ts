import type { Context, Session } from "@vaultlink/core/provider";
import { authIn } from "./auth-in.ts";
import type { CheckedOptions } from "./check-options.ts";

/** Signs in by the method that is configured. Throws without a session half open. */
export async function open({ auth: configured, ...settings }: CheckedOptions, context: Context): Promise<Session> {
  const auth = authIn(configured, context.env);
  switch (auth.method) {
    case "service-account":
      return (await import("./open-service-account.ts")).openServiceAccount({ ...settings, ...auth }, context);
    case "desktop":
      return (await import("./open-desktop.ts")).openDesktop({ ...settings, ...auth }, context);
    case "connect":
      return (await import("./connect/open.ts")).openConnect({ ...settings, ...auth }, context);
  }
}
