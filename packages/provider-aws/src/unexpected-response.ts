import { SecretError } from "@vaultlink/core/provider";

/** What the SDK gives beside every answer. */
export interface Answered {
  readonly $metadata?: { readonly httpStatusCode?: number | undefined } | undefined;
}

/** What to throw for a success that is no answer of AWS's, e.g. a page with status 200. */
export function unexpectedResponse(
  answer: Answered,
  message = "The answer did not come from AWS, but from something in between.",
): SecretError {
  const status = answer.$metadata?.httpStatusCode;
  return new SecretError("unavailable", message, status === undefined ? {} : { native: { status } });
}
