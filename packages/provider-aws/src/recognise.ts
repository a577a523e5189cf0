import type { Recognised } from "@vaultlink/core";
import { parseSecretArn } from "./arn.ts";

/** Understands the ARN of a secret. A connection serves it if its region and account, where it has them, are the ARN's. */
export function recognise(identifier: string): Recognised | undefined {
  const arn = parseSecretArn(identifier);
  if (arn === undefined || hasOddSegments(arn.name)) return undefined;
  const { region, account } = arn;
  return { locator: { path: identifier, query: {} }, where: { region, account } };
}

/** What no reference can hold: empty and dot segments. */
export function hasOddSegments(path: string): boolean {
  return path.split("/").some((segment) => segment === "" || segment === "." || segment === "..");
}
