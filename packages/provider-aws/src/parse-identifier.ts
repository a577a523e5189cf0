import type { ParsedIdentifier } from "@vaultlink/core/provider";
import { parseSecretArn } from "./arn.ts";
import { toPath } from "./names.ts";

/** Understands the ARN of a secret. A connection serves it if its region and account, where it has them, are the ARN's. */
export function parseIdentifier(identifier: string): ParsedIdentifier | undefined {
  const arn = parseSecretArn(identifier);
  if (arn === undefined) return undefined;
  const { region, account } = arn;
  return { locator: { path: toPath(identifier), query: {} }, where: { region, account } };
}
