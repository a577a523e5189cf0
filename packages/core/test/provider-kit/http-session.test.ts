import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import {
  fieldsOf,
  findCredential,
  httpSession,
  listPages,
  qualifiers,
  readBatch,
  SecretError,
} from "../../src/provider.ts";

const signal = new AbortController().signal;
const context = { env: {}, signal };
let stop: (() => Promise<void>) | undefined;
afterEach(async () => stop?.());

/** A server that gives one answer; returns its address. */
async function answering(status: number, body: string, headers: Record<string, string> = {}): Promise<string> {
  const server = createServer((_, response) => response.writeHead(status, headers).end(body));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stop = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/base`;
}

async function ask(url: string, more: object = {}): Promise<unknown> {
  const session = await httpSession(context, { url, ...more }, async (http) => ({
    read: async (_, call) => ({ value: fieldsOf(await http.json({ path: "x" }, call), { value: "string" }).value }),
  }));
  try {
    return (await session.read({ path: "x", query: {} }, context)).value;
  } finally {
    await session.close?.();
  }
}

describe("an HTTP session", () => {
  it("gives the JSON of an answer", async () => {
    expect(await ask(await answering(200, '{"value":"vlcanary-text"}'))).toBe("vlcanary-text");
  });

  it.each([
    [401, "unauthenticated"],
    [403, "denied"],
    [404, "not_found"],
    [302, "unavailable"],
    [503, "unavailable"],
  ])("says for status %i: %s", async (status, code) => {
    await expect(ask(await answering(status, "{}"))).rejects.toMatchObject({ code });
  });

  it.each([403, 404, 410])("takes a page with status %i for a proxy's", async (status) => {
    const page = await answering(status, "<title>Not Found</title>", { "content-type": "text/html; charset=utf-8" });
    await expect(ask(page)).rejects.toMatchObject({ code: "unavailable" });
  });

  it("says what the vault means by a status and a body inside an answer", async () => {
    const url = await answering(200, "{}");
    const codeOf = (status: number, body: unknown): "unusable" | undefined =>
      status === 404 && fieldsOf(body, { state: "string?" }).state === "locked" ? "unusable" : undefined;
    const session = await httpSession(context, { url, codeOf }, async (http) => {
      expect(() => http.check(404, { state: "locked" })).toThrow(expect.objectContaining({ code: "unusable" }));
      expect(() => http.check(404, {})).toThrow(expect.objectContaining({ code: "not_found" }));
      http.check(200);
      return { read: async () => ({ value: "" }) };
    });
    await session.close?.();
  });

  it("says what the vault means by a status of its own", async () => {
    await expect(ask(await answering(409, ""), { codes: { 409: "unusable" } })).rejects.toMatchObject({
      code: "unusable",
    });
  });

  it("says what the vault means by what stands in its refusal", async () => {
    const codeOf = (status: number, body: unknown): "unusable" | undefined =>
      status === 400 && fieldsOf(body, { state: "string?" }).state === "disabled" ? "unusable" : undefined;
    await expect(ask(await answering(400, '{"state":"disabled"}'), { codeOf })).rejects.toMatchObject({
      code: "unusable",
    });
    await stop?.();
    await expect(ask(await answering(400, "<html>"), { codeOf })).rejects.toMatchObject({ code: "invalid_reference" });
  });

  it("counts the requests to another server, and sends it nothing of the first one's headers", async () => {
    const seen: Array<string | undefined> = [];
    const server = createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.end('{"token":"vlcanary-token"}');
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const tokens = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const session = await httpSession(context, { url: await answering(200, "{}") }, async (http) => {
      http.use({ authorization: "Bearer vlcanary-first" });
      const other = await http.connect({ url: tokens });
      const { token } = await other.fields({ path: "token" }, context, { token: "string" });
      expect(token).toBe("vlcanary-token");
      return { read: async (_, call) => ({ value: String(await http.json({ path: "x" }, call)) }) };
    });
    await session.read({ path: "x", query: {} }, context);
    expect(session.requests?.()).toBe(2);
    expect(seen).toEqual([undefined]);
    await session.close?.();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  });

  it("says for how long to wait", async () => {
    await expect(ask(await answering(429, "", { "retry-after": "7" }))).rejects.toMatchObject({
      code: "throttled",
      details: { retryAfterMs: 7000 },
    });
  });

  it.each(["<html>", '{"other":1}', "null", "[]"])("takes %s for nobody's answer", async (body) => {
    await expect(ask(await answering(200, body))).rejects.toMatchObject({ code: "unavailable" });
  });

  it("takes no answer beyond its bound", async () => {
    const url = await answering(200, `{"value":"${"x".repeat(2000)}"}`);
    await expect(ask(url, { maxBytes: 1000 })).rejects.toMatchObject({ code: "unavailable" });
  });

  it.each(["http://vault.example", "ftp://127.0.0.1", "vault"])("refuses the address %s", async (url) => {
    await expect(ask(url)).rejects.toMatchObject({ code: "invalid_config" });
  });

  it("sends nothing to another origin that a path names", async () => {
    const url = await answering(200, "{}");
    const asked = httpSession(context, { url }, async (http) => {
      await http.json({ path: "http://127.0.0.1:1/x" }, context);
      throw new Error("It was sent.");
    });
    await expect(asked).rejects.toMatchObject({ code: "invalid_reference", details: { requests: 0 } });
  });
});

describe("qualifiers", () => {
  it("gives those that are known and of their form", () => {
    expect(qualifiers({ path: "x", query: { version: "3" } }, { version: /^\d+$/ })).toEqual({ version: "3" });
  });

  it.each([
    ["versoin", "3"],
    ["version", "new"],
    ["version", ""],
    ["constructor", "3"],
  ])("refuses %s=%s", (name, value) => {
    expect(() => qualifiers({ path: "x", query: { [name]: value } }, { version: /^\d+$/ })).toThrow(
      expect.objectContaining({ code: "invalid_reference" }),
    );
  });
});

describe("the form of a qualifier", () => {
  it.each(["3x", "x3", "3\n4"])("covers all of %j", (version) => {
    for (const form of [/\d+/, /^\d+/, /^\d+$/gm]) {
      expect(() => qualifiers({ path: "x", query: { version } }, { version: form })).toThrow(
        expect.objectContaining({ code: "invalid_reference" }),
      );
    }
  });
});

describe("a batch", () => {
  it("asks for what can be asked for, and fails the rest alone", async () => {
    const outcomes = await readBatch(
      ["a", "bad", "b"].map((path) => ({ path, query: {} })),
      {
        item: ({ path }) => {
          if (path === "bad") throw new SecretError("invalid_reference", "No.");
          return path;
        },
        send: async (items) => items.map((item) => `vlcanary-${item}`),
        document: (result) => ({ value: result }),
      },
    );
    expect(outcomes).toMatchObject([
      { status: "fulfilled", value: { value: "vlcanary-a" } },
      { status: "rejected", reason: { code: "invalid_reference" } },
      { status: "fulfilled", value: { value: "vlcanary-b" } },
    ]);
  });

  it("is refused an answer of another length", async () => {
    const asked = readBatch([{ path: "a", query: {} }], {
      item: ({ path }) => path,
      send: async () => [],
      document: () => ({ value: "" }),
    });
    await expect(asked).rejects.toMatchObject({ code: "unavailable" });
  });
});

describe("a listing", () => {
  it("asks for each page with what the page before called the next", async () => {
    const asked: Array<string | undefined> = [];
    const listed = [];
    const pages = listPages(async (next) => {
      asked.push(next);
      const path = next ?? "first";
      return { entries: [{ locator: { path, query: {} } }], next: next === undefined ? "second" : "" };
    });
    for await (const { locator } of pages) listed.push(locator.path);
    expect(listed).toEqual(["first", "second"]);
    expect(asked).toEqual([undefined, "second"]);
  });
});

describe("a credential", () => {
  const sources = { variable: "KEY", label: "API key", hint: "export KEY=…" };
  const prompter = { ask: async () => "vlcanary-typed", open: async () => {}, show: () => {} };

  it.each([
    ["the options", { given: "vlcanary-given" }, { env: { KEY: "vlcanary-env" }, prompter }, "vlcanary-given"],
    ["its variable", {}, { env: { KEY: "vlcanary-env" }, prompter }, "vlcanary-env"],
    ["the person", {}, { env: {}, prompter }, "vlcanary-typed"],
    [
      "the person anew",
      {},
      { env: { KEY: "vlcanary-env" }, prompter, reauthenticate: true as const },
      "vlcanary-typed",
    ],
  ])("comes from %s", async (_, more, lent, found) => {
    expect(await findCredential(lent, { ...sources, ...more })).toBe(found);
  });

  it("that is nowhere is asked of nobody, with what helps", async () => {
    await expect(findCredential({ env: { KEY: "" } }, sources)).rejects.toMatchObject({
      code: "unauthenticated",
      details: { hint: "export KEY=…" },
    });
  });

  it("that the person does not give is `aborted`", async () => {
    const declined = { ...prompter, ask: () => Promise.reject(new Error("no")) };
    await expect(findCredential({ env: {}, prompter: declined }, sources)).rejects.toMatchObject({ code: "aborted" });
  });
});
