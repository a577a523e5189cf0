import { parseJson, SecretError } from "@vaultlink/core/provider";
import { type HttpFault, means, saying, waiting, withMessage } from "./fault.ts";
import { RIGHT } from "./provider.ts";

const QUIET = "no canary in any error";
const UNAVAILABLE = "a fault after `open` is `unavailable`";
const LAPSED = "credentials that lapse in mid-session are `unauthenticated`, not `denied`";

/** What it makes of refusals, and whom it speaks to, by what is wrong. */
export const ANSWER_FAULTS: Readonly<Record<string, HttpFault>> = {
  "quotes the body of a refusal in its message": {
    wrong: withMessage((_, body) => `The vault said ${body.slice(0, 200)}`),
    caughtBy: QUIET,
  },
  "keeps the body of a refusal": {
    wrong: saying((_, body) => ({ native: { name: body } })),
    caughtBy: QUIET,
  },
  "gives the body of a refusal as the hint": { wrong: saying((_, body) => ({ hint: body })), caughtBy: QUIET },
  "tells the address with what was asked for": {
    wrong: withMessage(({ url }) => `The vault refused ${url}`),
    caughtBy: "errors quote no input",
  },
  "quotes a page that is no JSON": {
    wrong: {
      parse: (text) => {
        try {
          return parseJson(text);
        } catch {
          throw new SecretError("unavailable", `The answer is no JSON: ${text}`);
        }
      },
    },
    caughtBy: QUIET,
  },
  "lets `JSON.parse` fail": { wrong: { parse: (text) => JSON.parse(text) as unknown }, caughtBy: UNAVAILABLE },
  "takes 401 for a refusal": { wrong: means({ 401: "denied" }), caughtBy: LAPSED },
  "takes 403 for missing": {
    wrong: means({ 403: "not_found" }),
    caughtBy: "`not_found`, `denied` and `unavailable` stay apart",
  },
  "takes 403 for bad credentials": {
    wrong: means({ 403: "unauthenticated" }),
    caughtBy: "`not_found`, `denied` and `unavailable` stay apart",
  },
  "takes 404 for a fault of the vault": {
    wrong: means({ 404: "unavailable" }),
    caughtBy: "says `not_found` for what does not exist",
  },
  "takes 404 for a name that is none": {
    wrong: means({ 404: "invalid_reference" }),
    caughtBy: "says `not_found` for what does not exist",
  },
  "takes 429 for a fault of the vault": {
    wrong: means({ 429: "unavailable" }),
    caughtBy: "`throttled` carries `retryAfterMs` when the vault says it",
  },
  "takes 500 for missing": { wrong: means({ 500: "not_found" }), caughtBy: UNAVAILABLE },
  "takes 500 for a slip of the user": { wrong: means({ 500: "invalid_config" }), caughtBy: UNAVAILABLE },
  "takes 409 for missing": {
    wrong: means({ 409: "not_found" }),
    caughtBy: "says `unusable` for what exists and cannot be given",
  },
  "takes every refusal for `internal`": {
    wrong: { refusal: () => new SecretError("internal", "It did not work.") },
    caughtBy: "throws only what a provider may throw",
  },
  "throws an error of its own": {
    wrong: { refusal: (response) => new Error(`HTTP ${response.status}`) as SecretError },
    caughtBy: "says `not_found` for what does not exist",
  },
  "throws a text": {
    wrong: { refusal: (response) => `HTTP ${response.status}` as never },
    caughtBy: "says `not_found` for what does not exist",
  },
  "takes the seconds to wait for ms": {
    wrong: waiting((header) => Number(header) || 60_000),
    caughtBy: "`throttled` carries `retryAfterMs` when the vault says it",
  },
  "reads seconds to wait, and no date": {
    wrong: waiting((header) => (/^\d+$/.test(header) ? Number(header) * 1000 : undefined)),
    caughtBy: UNAVAILABLE,
  },
  "makes nothing of a date to wait for": {
    wrong: waiting((header) => Number(header) * 1000),
    caughtBy: "throws only what a provider may throw",
  },
  "waits a second whatever the vault says": {
    wrong: waiting(() => 500),
    caughtBy: "`throttled` carries `retryAfterMs` when the vault says it",
  },
  "follows redirects": {
    wrong: { init: { redirect: "follow" } },
    caughtBy: "a redirect after `open`: no credential arrives there",
  },
  "follows redirects with a header of its own": {
    wrong: {
      init: { redirect: "follow" },
      headers: (token) => ({ authorization: `Bearer ${token}`, "x-acme-token": token }),
    },
    caughtBy: "a redirect after `open`: no credential arrives there",
  },
  "hands the signal on to nobody": {
    wrong: { signal: () => undefined },
    caughtBy: "a hang after `open`: every call settles after the abort",
  },
  "has a limit of its own instead of the signal": {
    wrong: { signal: () => AbortSignal.timeout(30_000) },
    caughtBy: "a hang after `open`: every call settles after the abort",
  },
  "takes any address": { wrong: { address: (url) => url }, caughtBy: "plain HTTP to another machine is refused" },
  "takes whatever begins like this machine's address": {
    wrong: {
      address: (url) => {
        if (/^http:\/\/(?:localhost|127\.0\.0\.1)/.test(url) || url.startsWith("https:")) return url;
        throw new SecretError("invalid_config", "The address must begin with https.");
      },
    },
    caughtBy: "plain HTTP to another machine is refused",
  },
  "takes every address but those that begin with `http:`": {
    wrong: {
      address: (url) => {
        if (!url.startsWith("http:") || URL.parse(url)?.hostname === "127.0.0.1") return url;
        throw new SecretError("invalid_config", "The address must begin with https.");
      },
    },
    caughtBy: "plain HTTP to another machine is refused",
  },
  "sends its token in the address": {
    wrong: { target: (url, asked, token) => `${RIGHT.target(url, asked, token)}&token=${encodeURIComponent(token)}` },
    caughtBy: "no secret in an address",
  },
};
