import { codeForStatus, fieldsOf, SecretError } from "@vaultlink/core/provider";
import { type HttpFault, pathed, valued } from "./fault.ts";
import { RIGHT } from "./provider.ts";

const QUIET = "no canary in any error";
const UNAVAILABLE = "a fault after `open` is `unavailable`";
const NAMES = "awkward names are read as they are";
const VALUES = "awkward values are read as they are";
const PREFIX = "yields only what begins with the prefix";

/** How it asks, and what it gives, by what is wrong. */
export const DOCUMENT_FAULTS: Readonly<Record<string, HttpFault>> = {
  "does not encode paths": { wrong: { path: (path) => path }, caughtBy: "another name is another document" },
  "encodes paths for a query": {
    wrong: {
      path: (path) =>
        path
          .split("/")
          .map((part) => encodeURIComponent(part).replaceAll("%20", "+"))
          .join("/"),
    },
    caughtBy: NAMES,
  },
  "encodes paths as a whole address": { wrong: { path: encodeURI }, caughtBy: NAMES },
  "leaves out accents of paths": {
    wrong: pathed((path) => path.normalize("NFD").replaceAll(/\p{M}/gu, "")),
    caughtBy: NAMES,
  },
  "leaves out marks of paths": { wrong: pathed((path) => path.replaceAll(/[^\w/-]/g, "")), caughtBy: NAMES },
  "passes on every qualifier": {
    wrong: { version: ({ query }) => query },
    caughtBy: "an unknown qualifier is `invalid_reference`",
  },
  "passes on no qualifier": { wrong: { version: () => ({}) }, caughtBy: "reads a pinned version" },
  "asks the vault what a version may be": {
    wrong: {
      version: ({ query }) => {
        const { version, ...more } = query;
        if (Object.keys(more).length > 0) throw new SecretError("invalid_reference", "There is no such qualifier.");
        return version === undefined ? {} : { version };
      },
    },
    caughtBy: "an impossible locator is `invalid_reference` without a request",
  },
  "reads `value` of whatever answers": {
    wrong: { document: (answer) => ({ value: (answer as { value: string }).value }) },
    caughtBy: UNAVAILABLE,
  },
  "turns a lacking value into a text": {
    wrong: { document: (answer) => ({ value: String((answer as { value?: string }).value) }) },
    caughtBy: UNAVAILABLE,
  },
  "gives the whole answer": {
    wrong: { document: (answer) => ({ value: answer as Record<string, unknown> }) },
    caughtBy: "reads what exists",
  },
  "gives the version as a number": {
    wrong: {
      document: (answer, locator) => ({
        ...RIGHT.document(answer, locator),
        version: fieldsOf(answer, { version: "number" }).version as never,
      }),
    },
    caughtBy: "reads what exists",
  },
  "takes an empty value for none": {
    wrong: {
      document: (answer, locator) => {
        const document = RIGHT.document(answer, locator);
        if (!document.value) throw new SecretError("not_found", "The vault has nothing of that name.");
        return document;
      },
    },
    caughtBy: "an empty value is a value",
  },
  "reads the answer as Latin-1": {
    wrong: { text: async (response) => Buffer.from(await response.arrayBuffer()).toString("latin1") },
    caughtBy: VALUES,
  },
  "decodes values": {
    wrong: valued((value) => decodeURIComponent(value.replaceAll(/%(?![0-9A-F]{2})/gi, "%25"))),
    caughtBy: VALUES,
  },
  "expands what looks like a variable": {
    wrong: valued((value) => value.replaceAll(/\$\{\w+\}/g, "")),
    caughtBy: VALUES,
  },
  "takes the last line end off": { wrong: valued((value) => value.replace(/\n$/, "")), caughtBy: VALUES },
  "unescapes values": { wrong: valued((value) => value.replaceAll("&amp;", "&")), caughtBy: VALUES },
  "sends again what failed": {
    wrong: {
      around: (send) =>
        send().catch((thrown: unknown) => {
          if (thrown instanceof SecretError && ["unavailable", "throttled"].includes(thrown.code)) return send();
          throw thrown;
        }),
    },
    caughtBy: "a failing call is not sent again",
  },
  "sends again when the connection dropped": {
    wrong: {
      around: (send) =>
        send().catch((thrown: unknown) => (thrown instanceof SecretError ? Promise.reject(thrown) : send())),
    },
    caughtBy: "a failing call is not sent again",
  },
  "asks whether the vault is there before each read": {
    wrong: { around: (send, { path }) => (path.startsWith("v1/secrets/") ? send().then(send) : send()) },
    caughtBy: "one read is one attempt",
  },
  "lists with a prefix that is cut at a sign": {
    wrong: { listing: (prefix, page) => ({ prefix: prefix.split(/[&#+]/)[0] ?? "", page }) },
    caughtBy: PREFIX,
  },
  "lists without the prefix": { wrong: { listing: (_, page) => ({ prefix: "", page }) }, caughtBy: PREFIX },
  "lists its first page again and again": {
    wrong: { listing: (prefix) => ({ prefix, page: "1" }) },
    caughtBy: "yields every page and folder",
  },
  "lists without the state": {
    wrong: { entry: ({ path }) => ({ locator: { path, query: {} } }) },
    caughtBy: "`state` tells what cannot be given",
  },
  "lists what is encoded": {
    wrong: { entry: (item) => ({ ...RIGHT.entry(item), locator: { path: encodeURIComponent(item.path), query: {} } }) },
    caughtBy: "yields every page and folder",
  },
  "lists names below the prefix": {
    wrong: {
      entry: (item) => ({ ...RIGHT.entry(item), locator: { path: item.path.replace(/^app\//, ""), query: {} } }),
    },
    caughtBy: PREFIX,
  },
  "says nothing about how to sign in again": {
    wrong: {
      refusal: (response) =>
        new SecretError(response.status === 409 ? "unusable" : codeForStatus(response.status), "No."),
    },
    caughtBy: "bad credentials are `unauthenticated` with `hint`",
  },
  "keeps the response in its errors": {
    wrong: { refusal: (response, body) => Object.assign(RIGHT.refusal(response, body), { response: { body } }) },
    caughtBy: QUIET,
  },
  "chains what `fetch` threw": {
    wrong: {
      around: (send) =>
        send().catch((thrown: unknown) => {
          if (thrown instanceof SecretError) throw thrown;
          throw Object.assign(new SecretError("unavailable", "The vault could not be asked."), { cause: thrown });
        }),
    },
    caughtBy: "no `cause`",
  },
};
