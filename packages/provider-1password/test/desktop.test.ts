import fs from "node:fs";
import { spawnSync } from "node:child_process";
import { isSecretError, type Prompter, type SecretError } from "@vaultlink/core/provider";
import { afterEach, describe, expect, it, vi } from "vitest";
import { onePassword } from "../src/index.ts";
import { DESKTOP_ERRORS, DESKTOP_SIGN_IN_ERRORS } from "../src/errors/desktop.ts";
import { REFERENCE_ERRORS } from "../src/errors/reference.ts";
import { SERVICE_ERRORS } from "../src/errors/service.ts";
import { createThread } from "../src/thread.ts";
import { signIn } from "../src/worker/account.ts";
import { context, refused } from "./support.ts";

/** Where the SDK looks for the app's library. Where it is, this would ask a person. */
const installed = [
  "/Applications/1Password.app",
  "/opt/1Password",
  "/usr/bin/1password",
  "/snap/bin/1password",
  "C:/Program Files/1Password",
].some((path) => fs.existsSync(path));

const person = (): Prompter & { readonly shown: string[] } => {
  const shown: string[] = [];
  return { shown, ask: async () => "", open: async () => undefined, show: (text) => void shown.push(text) };
};

const desktop = (): ReturnType<typeof onePassword> => onePassword({ auth: { method: "desktop", account: "Somebody" } });

describe("the desktop app", () => {
  it("is not asked where nobody could answer it", async () => {
    const error = await refused(desktop().open(context()));
    expect([error.code, error.details.hint]).toEqual(["unauthenticated", "vaultlink reauth <connection>"]);
  });

  it.skipIf(installed)("is missed, with what to do (skipped where it is installed: it would ask)", async () => {
    const prompter = person();
    const error = await refused(desktop().open(context({ prompter })));
    expect([error.code, error.message, error.details.hint]).toEqual([
      "unauthenticated",
      "The 1Password app is not here, or its library for other apps cannot be loaded.",
      "Install 1Password for desktop, and turn on Settings > Developer > Integrate with other apps",
    ]);
    expect(prompter.shown).toEqual(["Approve the request in the 1Password app."]);
  });

  it.skipIf(installed)("is asked once by a session (skipped where it is installed: it would ask)", async () => {
    const thread = createThread({ credential: { by: "desktop", account: "Somebody" }, requestTimeoutMs: 1000 }, {});
    await refused(thread.start(context().signal));
    const error = await refused(thread.run({ type: "list", folder: [] }, context().signal));
    expect([error.code, error.message]).toEqual([
      "unauthenticated",
      "A call to the 1Password app was given up, and its session with it.",
    ]);
    await thread.close();
  });

  it.skipIf(installed)("is missed in silence: the SDK prints a stack, and nothing of it comes out (same)", () => {
    const program = `
      import { onePassword } from ${JSON.stringify(new URL("../src/index.ts", import.meta.url).href)};
      const prompter = { ask: async () => "", open: async () => {}, show() {} };
      const opening = onePassword({ auth: { method: "desktop", account: "Somebody" } })
        .open({ env: {}, signal: new AbortController().signal, prompter });
      console.log(await opening.then(() => "opened", ({ code }) => code));`;
    const flags = [
      "--conditions=source",
      "--disable-warning=ExperimentalWarning",
      "--input-type=module",
      "-e",
      program,
    ];
    const { status, stderr, stdout } = spawnSync(process.execPath, flags, { encoding: "utf8" });
    expect([status, stdout, stderr]).toEqual([0, "unauthenticated\n", ""]);
  });
});

/**
 * The real SDK with a library of ours in the place of the app's, in this thread: it loads a library and sends it messages.
 * What the app's own library says is not shown by this.
 */
describe("the SDK, when the app's library", () => {
  afterEach(() => vi.restoreAllMocks());
  const { fetch } = globalThis;
  afterEach(() => {
    globalThis.fetch = fetch;
  });

  type Say = (kind: string) => { readonly success: boolean; readonly payload: unknown };
  const bytes = (content: unknown): number[] => [...Buffer.from(JSON.stringify(content))];
  const failing = (name: string, message: string): ReturnType<Say> => ({
    success: false,
    payload: bytes({ name, message }),
  });
  const opened: ReturnType<Say> = { success: true, payload: [...Buffer.from("1")] };

  function install(say: Say): string[] {
    const kinds: string[] = [];
    vi.spyOn(console, "error").mockReturnValue(undefined);
    vi.spyOn(fs, "existsSync").mockReturnValue(true);
    vi.spyOn(process, "dlopen").mockImplementation((module) => {
      const sendMessage = async (message: Uint8Array): Promise<Uint8Array> => {
        const { kind } = JSON.parse(Buffer.from(message).toString()) as { kind: string };
        kinds.push(kind);
        return new Uint8Array(Buffer.from(JSON.stringify(say(kind))));
      };
      (module as { exports: object }).exports = { sendMessage };
    });
    return kinds;
  }

  const reads = async (): Promise<string> => {
    const sent = new SharedArrayBuffer(4);
    const credential = { by: "desktop", account: "Somebody" } as const;
    const call = await signIn({ type: "sign-in", credential, requestTimeoutMs: 1000, sent });
    return call((client) => client.secrets.resolve("op://App/db/password"));
  };

  const failureOf = async (say: Say): Promise<SecretError> => {
    install(say);
    const thrown: unknown = await reads().then(
      () => undefined,
      (error: unknown) => error,
    );
    if (!isSecretError(thrown)) throw new Error("It was not refused.");
    return thrown;
  };

  it("lets us in: reads", async () => {
    const kinds = install((kind) => (kind === "init_client" ? opened : { success: true, payload: bytes("app") }));
    expect(await reads()).toBe("app");
    expect(kinds).toEqual(["init_client", "invoke"]);
  });

  /** What the library says to signing in, or, after that, to a read; and what is made of it. */
  const CASES: ReadonlyArray<readonly [string, "init_client" | "invoke", string, string, string, string]> = [
    [
      "knows no such account",
      "init_client",
      "Internal",
      "An internal error occurred when processing SDK request: Error { msg: Account not found, inner: None }",
      "invalid_config",
      "The 1Password app has no account of this name or id.",
    ],
    [
      "says anything else to signing in",
      "init_client",
      "Auth",
      "vlcanary-user said no",
      "unauthenticated",
      "The 1Password app did not let vaultlink in: it is locked, closed to other apps, or the request was declined.",
    ],
    [
      "ends the session, and once more after the SDK asked again",
      "invoke",
      "DesktopSessionExpired",
      "anything",
      "unauthenticated",
      "The 1Password app has ended this session: it was locked, or nobody used it for a while.",
    ],
    [
      "ends the session in its other words",
      "invoke",
      "AuthExpired",
      "anything",
      "unauthenticated",
      "The 1Password app has ended this session: it was locked, or nobody used it for a while.",
    ],
    [
      "does not know the session",
      "invoke",
      "Auth",
      "authentication error: you are not authenticated",
      "unauthenticated",
      "1Password does not know this account's session any more.",
    ],
    [
      "is asked too much",
      "invoke",
      "RateLimitExceeded",
      "rate limit exceeded",
      "throttled",
      "1Password asks to slow down.",
    ],
    [
      "may not do it",
      "invoke",
      "ItemApi",
      "you don't have the right permissions to perform this action",
      "denied",
      "1Password does not let this account do that.",
    ],
    [
      "knows no such item",
      "invoke",
      "ResolvingSecretReference",
      "error resolving secret reference: no item matched the secret reference query",
      "not_found",
      "The vault has no such item.",
    ],
    [
      "says what nobody knows",
      "invoke",
      "Internal",
      "vlcanary-unknown",
      "internal",
      "1Password, or its SDK, failed in a way we do not know.",
    ],
  ];

  it.each(CASES)("%s", async (_, at, name, says, code, message) => {
    const say: Say = (kind) => (kind === at ? failing(name, says) : opened);
    const failure = await failureOf(say);
    expect([failure.code, failure.message]).toEqual([code, message]);
    expect(failure.code !== "unauthenticated" || failure.details.hint !== undefined).toBe(true);
  });

  it("cannot be loaded", async () => {
    vi.spyOn(console, "error").mockReturnValue(undefined);
    vi.spyOn(fs, "existsSync").mockReturnValue(true);
    vi.spyOn(process, "dlopen").mockImplementation(() => {
      throw new Error("wrong ELF class");
    });
    await expect(reads()).rejects.toMatchObject({ code: "unauthenticated" });
  });

  it("has a case here for every row of its own, and a sentence of its own for each", () => {
    const others = new Set([...SERVICE_ERRORS, ...REFERENCE_ERRORS]);
    const told = new Set(CASES.map(([, , , , , message]) => message));
    const own = DESKTOP_SIGN_IN_ERRORS.filter((rule) => !others.has(rule)).map(({ message }) => message);
    const missing = "The 1Password app is not here, or its library for other apps cannot be loaded.";
    expect(own.filter((message) => !told.has(message))).toEqual([missing]);
    expect(new Set(DESKTOP_SIGN_IN_ERRORS.map(({ message }) => message)).size).toBe(DESKTOP_ERRORS.length + 1);
  });
});
