import { REFERENCE_ERRORS } from "./reference.ts";
import type { OnePasswordErrorRule } from "../errors.ts";
import { SERVICE_ERRORS } from "./service.ts";

/** For whoever has to let us in again. */
export const UNLOCK = "Unlock the 1Password app, and approve the request that it shows";

/**
 * Every failure we know of the desktop app. That the app is missing was seen with @1password/sdk 0.5.0; the texts of the
 * app's library are those that its users report, and the classes those of the SDK.
 */
export const DESKTOP_ERRORS: readonly OnePasswordErrorRule[] = [
  {
    says: ["Native library is not available", "1Password desktop application not found"],
    code: "unauthenticated",
    message: "The 1Password app is not here, or its library for other apps cannot be loaded.",
    hint: "Install 1Password for desktop, and turn on Settings > Developer > Integrate with other apps",
  },
  {
    // https://github.com/1Password/terraform-provider-onepassword/issues/327
    says: ["Account not found"],
    code: "invalid_config",
    message: "The 1Password app has no account of this name or id.",
    hint: "vaultlink connect 1password <name> --method desktop --account <as the app's sidebar has it>",
  },
  {
    thrown: ["DesktopSessionExpiredError", "AuthExpiredError"],
    code: "unauthenticated",
    message: "The 1Password app has ended this session: it was locked, or nobody used it for a while.",
    hint: UNLOCK,
  },
  { says: ["rate limit exceeded"], code: "throttled", message: "1Password asks to slow down." },
  {
    says: ["have the right permissions to"],
    code: "denied",
    message: "1Password does not let this account do that.",
  },
  {
    says: ["you are not authenticated"],
    code: "unauthenticated",
    message: "1Password does not know this account's session any more.",
    hint: UNLOCK,
  },
  ...SERVICE_ERRORS,
  ...REFERENCE_ERRORS,
];

/** The same while signing in, which is asking the app and its person: whatever they say beside that is a no. */
export const DESKTOP_SIGN_IN_ERRORS: readonly OnePasswordErrorRule[] = [
  ...DESKTOP_ERRORS,
  {
    code: "unauthenticated",
    message:
      "The 1Password app did not let vaultlink in: it is locked, closed to other apps, or the request was declined.",
    hint: "Unlock the 1Password app, turn on Settings > Developer > Integrate with other apps, and approve the request",
  },
];
