import { TOO_LARGE } from "../bound.ts";
import type { AwsErrorRule } from "./error-rule.ts";

/** What no status and no name explains: it was not read to its end. */
export const BOUND: readonly AwsErrorRule[] = [
  {
    codes: [TOO_LARGE],
    code: "unusable",
    message: "The answer is larger than any that AWS gives.",
    reason: "too-large",
  },
];

/** What was answered and could not be read: only its status tells. Before everything else, since no name can be trusted. */
export const UNREADABLE: readonly AwsErrorRule[] = [
  {
    names: ["SyntaxError"],
    status: [429],
    code: "throttled",
    message: "Something between here and AWS asks to slow down.",
  },
  {
    names: ["SyntaxError"],
    code: "unavailable",
    message: "The answer did not come from AWS, but from something in between.",
  },
  {
    names: ["TypeError", "RangeError"],
    status: [200],
    code: "unavailable",
    message: "The answer is no answer of AWS's, although it looks like one.",
  },
];

/** What AWS, or who answers in its place, says of itself. */
export const SERVICE: readonly AwsErrorRule[] = [
  {
    names: [
      "Throttl",
      "TooManyRequests",
      "LimitExceeded",
      "RequestLimitExceeded",
      "RequestThrottled",
      "BandwidthLimitExceeded",
      "PriorRequestNotComplete",
      "SlowDown",
    ],
    code: "throttled",
    message: "AWS asks to slow down.",
  },
  { status: [429], code: "throttled", message: "AWS, or a proxy before it, asks to slow down." },
  {
    names: ["UnknownOperation", "InvalidAction"],
    code: "invalid_config",
    message: "What answers at this endpoint is not the AWS service.",
  },
  {
    names: ["InternalServiceError", "InternalFailure", "InternalError", "ServiceUnavailable", "RequestTimeout"],
    code: "unavailable",
    message: "AWS failed.",
  },
  { status: [500, 502, 503, 504], code: "unavailable", message: "AWS, or a proxy before it, failed." },
  {
    status: [300, 301, 302, 303, 304, 307, 308],
    code: "unavailable",
    message: "The endpoint redirects; signed requests are not sent on, so use its real address.",
  },
];

/** A status that nothing before has explained. */
export const BARE: readonly AwsErrorRule[] = [
  { status: [401], code: "unauthenticated", message: "AWS refuses these credentials.", hint: true },
  { status: [403], code: "unavailable", message: "Something between here and AWS forbids the request." },
  { status: [404, 407], code: "unavailable", message: "Something between here and AWS does not know where it is." },
  {
    unnamed: true,
    code: "unavailable",
    message: "Something between here and AWS gave an answer that AWS does not give.",
  },
];
