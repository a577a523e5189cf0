import type { Ask } from "./ask.ts";

/** Calls that are sent as writes and change nothing a read-only client may not change: logins, own tokens, leases. */
const HARMLESS: readonly RegExp[] = [
  /^auth\/.+\/login(\/[^/]+)?$/,
  /^auth\/.+\/oidc\/auth_url$/,
  /^auth\/token\/(lookup-self|renew-self|revoke-self)$/,
  /^sys\/(leases\/)?(revoke|renew|lookup)(\/.+)?$/,
  /^sys\/wrapping\/(unwrap|lookup)$/,
  /^sys\/capabilities-self$/,
  /^sys\/mfa\/validate$/,
];

/** Whether a call would change the vault in a way no provider may. */
export function isWriting(ask: Ask): boolean {
  if (ask.verb !== "write" && ask.verb !== "delete") return false;
  return ask.verb === "delete" || !HARMLESS.some((path) => path.test(ask.local));
}
