import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import {
  createPkce,
  listenForRedirect,
  type RedirectListener,
  type RedirectOptions,
  signInOnPage,
} from "../../src/provider.ts";

const STATE = "vlcanary-state";
const CODE = "vlcanary-code";
const controller = new AbortController();
let listener: RedirectListener | undefined;
afterEach(() => listener?.close());

async function listening(more: Partial<RedirectOptions> = {}): Promise<RedirectListener> {
  listener = await listenForRedirect({
    ...{ host: "127.0.0.1", ports: [0], path: "/back", responseMode: "query", refusal: "The page gave no code." },
    signal: controller.signal,
    ...more,
  });
  return listener;
}
const query = (given: Readonly<Record<string, string>>): string => `?${new URLSearchParams(given).toString()}`;

it("gives the code that comes with the state, and shows the browser no more than a sentence", async () => {
  const { url, waitForCode } = await listening();
  const code = waitForCode(STATE);
  const page = await fetch(`${url}${query({ state: STATE, code: CODE })}`);
  expect([page.status, await page.text()]).toEqual([200, "Signed in. You can close this page.\n"]);
  expect(page.headers.get("cache-control")).toBe("no-store");
  expect(await code).toBe(CODE);
});

it.each([
  ["another state", "GET", query({ state: "another", code: CODE }), undefined],
  ["no state", "GET", query({ code: CODE }), undefined],
  ["another path", "GET", `/else${query({ state: STATE, code: CODE })}`, undefined],
  ["another method", "POST", query({ state: STATE, code: CODE }), undefined],
  ["the name of another host", "GET", query({ state: STATE, code: CODE }), "evil.example.com"],
])("%s neither signs in nor ends the waiting", async (_, method, rest, host) => {
  const { port, waitForCode } = await listening();
  const code = waitForCode(STATE);
  expect(await knock(port, method, `/back${rest}`, host ?? `127.0.0.1:${port}`)).toMatch(/^HTTP\/1\.1 404 /);
  await fetch(`http://127.0.0.1:${port}/back${query({ state: STATE, code: CODE })}`);
  expect(await code).toBe(CODE);
});

it("takes a form where the answer is posted, up to 64 KiB", async () => {
  const { url, waitForCode } = await listening({ responseMode: "form_post", path: "" });
  expect(url).toMatch(/:\d+$/);
  const code = waitForCode(STATE);
  const post = (form: Readonly<Record<string, string>>): Promise<Response> =>
    fetch(url, { method: "POST", body: new URLSearchParams(form) });
  expect((await fetch(`${url}/${query({ state: STATE, code: CODE })}`)).status).toBe(404);
  await expect(post({ state: STATE, code: "x".repeat(70_000) })).rejects.toThrow("fetch failed");
  expect((await post({ state: STATE, code: CODE })).status).toBe(200);
  expect(await code).toBe(CODE);
});

it.each([
  ["access_denied", { code: "aborted", message: "Signing in was declined in the browser." }],
  ["vlcanary-server_error", { code: "unauthenticated", message: "The page gave no code." }],
])("tells a person who declined from a page that refused (%#)", async (refusal, told) => {
  const { url, waitForCode } = await listening();
  const outcome = Promise.allSettled([waitForCode(STATE)]);
  const page = await fetch(`${url}${query({ state: STATE, error: refusal })}`);
  expect(await page.text()).toBe("Signing in was refused. You can close this page.\n");
  expect(await outcome).toMatchObject([{ status: "rejected", reason: told }]);
});

it("tries its ports in turn, and says which were taken", async () => {
  const taken = createServer();
  const port = await portOf(taken);
  try {
    const found = await listening({ ports: [port, 0] });
    expect(found.port).not.toBe(port);
    await expect(listenForRedirect({ ...OPTIONS, ports: [port], portHint: "free the port" })).rejects.toMatchObject({
      code: "unavailable",
      message: `The browser could not come back: port ${port} of this machine is in use.`,
      details: { hint: "free the port" },
    });
  } finally {
    taken.close();
  }
});

it("signs in on a page, and finds nobody afterwards", async () => {
  const found = await listening();
  const opened: string[] = [];
  const prompter = {
    ask: async () => "",
    show: () => {},
    // As one whose `open` lasts as long as the browser does.
    open: async (page: string) => {
      opened.push(page);
      await fetch(`${found.url}${query({ state: STATE, code: CODE })}`);
      await new Promise(() => {});
    },
  };
  const page = "https://login.example.com/authorize";
  expect(await signInOnPage(prompter, found, { page, state: STATE })).toBe(CODE);
  expect(opened).toEqual([page]);
  await expect(fetch(found.url)).rejects.toThrow("fetch failed");
});

it("ends with the person who does not open the page, and with the signal", async () => {
  const page = { page: "https://login.example.com", state: STATE };
  const person = { ask: async () => "", show: () => {}, open: () => Promise.reject(new Error("vlcanary-no")) };
  const first = await listening();
  await expect(signInOnPage(person, first, page)).rejects.toMatchObject({ code: "aborted" });
  await expect(fetch(first.url)).rejects.toThrow("fetch failed");
  const gone = new AbortController();
  const second = await listening({ signal: gone.signal });
  const waiting = signInOnPage({ ...person, open: async () => gone.abort() }, second, page);
  await expect(waiting).rejects.toMatchObject({ code: "aborted" });
  await expect(fetch(second.url)).rejects.toThrow("fetch failed");
});

const OPTIONS: RedirectOptions = {
  ...{ host: "127.0.0.1", ports: [0], path: "/back", responseMode: "query", refusal: "The page gave no code." },
  signal: controller.signal,
};

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** A request with a host of its own, which `fetch` does not allow. Gives the head of the answer. */
function knock(port: number, method: string, path: string, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.end(`${method} ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
    });
    let text = "";
    socket
      .on("data", (chunk) => (text += chunk.toString()))
      .once("close", () => resolve(text))
      .once("error", reject);
  });
}

it("makes a state and a verifier anew each time, with the challenge of RFC 7636", () => {
  const { challenge, state, verifier } = createPkce();
  expect(challenge).toBe(createHash("sha256").update(verifier).digest("base64url"));
  // RFC 7636, 4.1: 43 to 128 characters.
  expect(verifier).toMatch(/^[\w-]{43}$/);
  expect(new Set([state, verifier, createPkce().state, createPkce().verifier]).size).toBe(4);
});
