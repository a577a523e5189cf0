import { type ErrorCode, SecretError } from "@vaultlink/core/provider";
import type { CaseName } from "../../src/index.ts";
import { type Places, RIGHT } from "./provider.ts";

/** Something that is wrong with a provider of an HTTP vault. */
export interface HttpFault {
  readonly wrong: Partial<Places>;
  /** A case that must catch it. */
  readonly caughtBy: CaseName;
}

/** What a status means, where it means something else. */
export const means = (codes: Readonly<Record<number, ErrorCode>>): Partial<Places> => ({
  refusal: (response, body) => {
    const code = codes[response.status];
    const right = RIGHT.refusal(response, body);
    return code === undefined ? right : new SecretError(code, "The vault refused the request.", right.details);
  },
});
/** An error that says more than it may. */
export const saying = (
  more: (response: Response, body: string) => ConstructorParameters<typeof SecretError>[2],
): Partial<Places> => ({
  refusal: (response, body) => {
    const { code, details } = RIGHT.refusal(response, body);
    return new SecretError(code, "The vault refused the request.", { ...details, ...more(response, body) });
  },
});
export const withMessage = (message: (response: Response, body: string) => string): Partial<Places> => ({
  refusal: (response, body) => {
    const { code, details } = RIGHT.refusal(response, body);
    return new SecretError(code, message(response, body), details);
  },
});
export const waiting = (ms: (header: string) => number | undefined): Partial<Places> => ({
  refusal: (response, body) => {
    const { code, details } = RIGHT.refusal(response, body);
    const { retryAfterMs: _, ...rest } = details;
    const wait = ms(response.headers.get("retry-after") ?? "");
    return new SecretError(code, "The vault refused the request.", {
      ...rest,
      ...(code === "throttled" && wait !== undefined && { retryAfterMs: wait }),
    });
  },
});
export const valued = (change: (value: string) => string): Partial<Places> => ({
  document: (answer, locator) => {
    const document = RIGHT.document(answer, locator);
    return { ...document, value: typeof document.value === "string" ? change(document.value) : document.value };
  },
});
export const pathed = (change: (path: string) => string): Partial<Places> => ({
  path: (path) => RIGHT.path(change(path)),
});
