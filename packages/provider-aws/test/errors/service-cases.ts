import { answering, type Case, refusing } from "./case.ts";

const PAGE = "<!doctype html><title>Sign in</title>";
const JSON_OF_OTHERS = JSON.stringify({ error: "vlcanary-quoted-by-a-proxy" });

/** What AWS says of itself, and what others say in its place. */
export const SERVICE_CASES: readonly Case[] = [
  {
    when: "AWS throttles",
    cause: refusing("ThrottlingException", { says: "Rate exceeded" }),
    code: "throttled",
    message: "AWS asks to slow down.",
    native: { name: "ThrottlingException", status: 400 },
  },
  {
    when: "AWS throttles for a time",
    cause: refusing("TooManyRequestsException", { status: 429, retryAfter: "7" }),
    code: "throttled",
    message: "AWS asks to slow down.",
    retryAfterMs: 7000,
  },
  {
    when: "AWS throttles for a time that is none",
    cause: refusing("ThrottlingException", { retryAfter: "soon" }),
    code: "throttled",
    message: "AWS asks to slow down.",
  },
  {
    when: "a proxy throttles with a page",
    cause: answering(429, PAGE, { "retry-after": "3" }),
    code: "throttled",
    message: "Something between here and AWS asks to slow down.",
    retryAfterMs: 3000,
  },
  {
    when: "a proxy throttles with JSON of its own",
    cause: answering(429, JSON_OF_OTHERS),
    code: "throttled",
    message: "AWS, or a proxy before it, asks to slow down.",
  },
  {
    when: "a sign-in page says all is well",
    cause: answering(200, PAGE),
    code: "unavailable",
    message: "The answer did not come from AWS, but from something in between.",
  },
  {
    when: "half an answer is no JSON",
    cause: answering(200, '{"SecretString": "vlcanary-half'),
    code: "unavailable",
    message: "The answer did not come from AWS, but from something in between.",
  },
  {
    when: "the answer has a value that cannot be one",
    cause: answering(200, '{"ARN": "arn", "Name": "app/db", "SecretBinary": "%%%"}'),
    code: "unavailable",
    message: "The answer is no answer of AWS's, although it looks like one.",
  },
  {
    when: "the answer has a text that is none",
    cause: answering(200, '{"ARN": "arn", "Name": "app/db", "SecretString": 5432}'),
    code: "unavailable",
    message: "The answer did not come from AWS, but from something in between.",
  },
  {
    when: "the answer has no value, which can only be one that is still to come",
    cause: answering(200, '{"ARN": "arn", "Name": "app/db"}'),
    code: "unusable",
    message: "The secret has no value yet.",
    reason: "no-value",
  },
  {
    when: "the answer is other JSON",
    cause: answering(200, JSON_OF_OTHERS),
    code: "unavailable",
    message: "The answer did not come from AWS, but from something in between.",
  },
  {
    when: "something has a status of its own",
    cause: answering(418, JSON_OF_OTHERS),
    code: "unavailable",
    message: "Something between here and AWS gave an answer that AWS does not give.",
  },
  {
    when: "something answers nothing, with a status of its own",
    cause: answering(520, ""),
    code: "unavailable",
    message: "Something between here and AWS gave an answer that AWS does not give.",
  },
  {
    when: "AWS names an error that nobody knows yet",
    cause: refusing("BrandNewException"),
    code: "internal",
    message: "AWS, or its SDK, failed in a way we do not know.",
    native: { name: "BrandNewException", status: 400 },
  },
  {
    when: "the operation is unknown",
    cause: refusing("UnknownOperationException"),
    code: "invalid_config",
    message: "What answers at this endpoint is not the AWS service.",
  },
  {
    when: "AWS fails",
    cause: refusing("InternalServiceError", { status: 500, says: "An error occurred on the server side." }),
    code: "unavailable",
    message: "AWS failed.",
  },
  {
    when: "AWS is away for a time",
    cause: refusing("ServiceUnavailable", { status: 503, retryAfter: "2" }),
    code: "unavailable",
    message: "AWS failed.",
    retryAfterMs: 2000,
  },
  {
    when: "a gateway fails",
    cause: answering(502, JSON_OF_OTHERS),
    code: "unavailable",
    message: "AWS, or a proxy before it, failed.",
  },
  {
    when: "the endpoint redirects",
    cause: answering(307, "{}", { location: "https://elsewhere.invalid/" }),
    code: "unavailable",
    message: "The endpoint redirects; signed requests are not sent on, so use its real address.",
  },
  {
    when: "the answer never ends",
    cause: answering(200, `{"SecretString":"${"vlcanary-endless".repeat(700_000)}"}`),
    code: "unusable",
    message: "The answer is larger than any that AWS gives.",
    reason: "too-large",
  },
  {
    when: "something unnamed wants other credentials",
    cause: answering(401, JSON_OF_OTHERS),
    code: "unauthenticated",
    message: "AWS refuses these credentials.",
    hint: "export AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… AWS_SESSION_TOKEN=…",
  },
  {
    when: "something unnamed forbids it",
    cause: answering(403, JSON_OF_OTHERS),
    code: "unavailable",
    message: "Something between here and AWS forbids the request.",
  },
  {
    when: "something unnamed finds nothing",
    cause: answering(404, JSON_OF_OTHERS),
    code: "unavailable",
    message: "Something between here and AWS does not know where it is.",
  },
];
