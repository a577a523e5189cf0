import { type Failure, findErrorCode, membersOf } from "@vaultlink/core/provider";
import type { Via } from "./credentials/origin.ts";

/** What may be kept of something the SDK threw. */
export interface SdkError extends Failure {
  /** Where credentials were looked for. */
  readonly via?: Via;
  /** In lower case. */
  readonly text: string;
}

const NODE_CODE = /\b(?:ECONN[A-Z]{4,7}|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|ENOENT|EACCES)\b/;

/** Reads what the SDK threw, which wraps Node's errors. */
export function readSdkError(thrown: unknown): SdkError {
  const { name, message, $metadata, $response, statusCode: bare } = membersOf(thrown);
  const { httpStatusCode, requestId } = membersOf($metadata);
  const { headers, statusCode } = membersOf($response);
  const retryAfter = membersOf(headers)["retry-after"];
  const status = [httpStatusCode, statusCode, bare].find((held) => typeof held === "number");
  // The SDK's search for credentials keeps of a cause only its text. Other texts hold names that callers chose.
  const told = typeof name === "string" && name.endsWith("ProviderError") && typeof message === "string";
  const code = findErrorCode(thrown) ?? (told ? NODE_CODE.exec(message)?.[0] : undefined);
  return {
    text: (typeof message === "string" ? message : "").toLowerCase(),
    ...(typeof name === "string" && { name }),
    ...(code !== undefined && { code }),
    ...(typeof status === "number" && { status }),
    ...(typeof requestId === "string" && { requestId }),
    ...(typeof retryAfter === "string" && { retryAfter }),
  };
}
