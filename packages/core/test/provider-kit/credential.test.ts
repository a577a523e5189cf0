import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  createCredentialLatch,
  credentialDigest,
  type ErrorCode,
  findCredential,
  foundOrTyped,
  isAbsolutePath,
  readCredentialFile,
  SecretError,
} from "../../src/provider.ts";

const SECRET = "vlcanary-token";
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vaultlink-kit-"));
  await mkdir(join(folder, "home"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function keep(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}
const read = (path: string, required = true, env = {}): Promise<string | undefined> =>
  readCredentialFile({ path, required, hint: "vault login" }, env);

it.each([
  ["as it stands", SECRET, SECRET],
  ["without the newline that editors add", `${SECRET}\n`, SECRET],
  ["without that of Windows", `${SECRET}\r\n`, SECRET],
  ["with every other newline", `${SECRET}\n\n`, `${SECRET}\n`],
  ["with blanks, which may be part of a password", ` ${SECRET} `, ` ${SECRET} `],
  ["blanks alone", "  ", "  "],
])("takes a credential %s", async (_, text, credential) => {
  expect(await read(await keep("token", text))).toBe(credential);
});

it("finds the home of the caller, and never that of the process", async () => {
  await keep("home/.token", SECRET);
  expect(await read("~/.token", true, { HOME: join(folder, "home") })).toBe(SECRET);
  expect(await read("~/.token", false, {})).toBeUndefined();
  await expect(read("~/.token", false, { HOME: "home" })).rejects.toMatchObject({
    code: "invalid_config",
    message: "HOME must be an absolute path.",
  });
});

it("tells a file that is not there from one that cannot be used, and shows no path", async () => {
  const missing = join(folder, "none");
  expect(await read(missing, false)).toBeUndefined();
  const empty = await keep("empty", "\n");
  expect(await read(empty, false)).toBeUndefined();
  const large = await keep("large", "x".repeat(64 * 1024 + 1));
  for (const [path, message] of [
    [missing, "The credential file does not exist."],
    [empty, "The credential file is empty."],
    [large, "The credential file is not a small text file."],
    [folder, "The credential file is not a small text file."],
    [join(large, "below"), "The credential file cannot be read."],
  ] as const) {
    await expect(read(path)).rejects.toMatchObject({
      code: "unauthenticated",
      message,
      details: { hint: "vault login" },
    });
  }
});

it.each([
  ["/etc/token", true],
  ["C:\\token", true],
  ["c:/token", true],
  ["token", false],
  ["./token", false],
  ["~/token", false],
  ["C:token", false],
])("%s is absolute: %s", (path, absolute) => {
  expect(isAbsolutePath(path)).toBe(absolute);
});

const failing = (code: ErrorCode) => async (): Promise<never> => {
  throw new SecretError(code, "No.", { hint: "vendor login" });
};

it("lets calls through, and gives what they give", async () => {
  const latch = createCredentialLatch();
  expect(await latch(async () => "value")).toBe("value");
});

it("sends nothing more once the credentials were refused, and says so again", async () => {
  const latch = createCredentialLatch();
  let sent = 0;
  await expect(latch(failing("unauthenticated"))).rejects.toMatchObject({ code: "unauthenticated" });
  const again = latch(async () => ++sent);
  await expect(again).rejects.toMatchObject({
    code: "unauthenticated",
    message: "No.",
    details: { hint: "vendor login" },
  });
  expect(sent).toBe(0);
});

it.each<ErrorCode>(["denied", "unavailable", "throttled", "aborted", "not_found"])("goes on after %s", async (code) => {
  const latch = createCredentialLatch();
  await expect(latch(failing(code))).rejects.toMatchObject({ code });
  expect(await latch(async () => "value")).toBe("value");
});

it("goes on after a failure that is not ours", async () => {
  const latch = createCredentialLatch();
  const foreign = async (): Promise<never> => {
    throw Object.assign(new Error("No."), { code: "unauthenticated" });
  };
  await expect(latch(foreign)).rejects.toThrow("No.");
  expect(await latch(async () => "value")).toBe("value");
});

it("is a session's own", async () => {
  await expect(createCredentialLatch()(failing("unauthenticated"))).rejects.toMatchObject({ code: "unauthenticated" });
  expect(await createCredentialLatch()(async () => "value")).toBe("value");
});

const typing = (typed: string, asked: boolean[] = []): Parameters<typeof findCredential>[0] => ({
  env: {},
  prompter: {
    ask: async ({ secret }) => {
      asked.push(secret);
      return typed;
    },
    open: async () => {},
    show: () => {},
  },
});
const wanted = { variable: "ACME_KEY", label: "API key", hint: "export ACME_KEY=…" };

it("a typed token loses the blanks that were pasted along, a password keeps its own", async () => {
  expect(await findCredential(typing(` ${SECRET} `), wanted)).toBe(SECRET);
  expect(await findCredential(typing(` ${SECRET} `), { ...wanted, exact: true })).toBe(` ${SECRET} `);
});

it("what options and variables hold is taken as it is", async () => {
  const given = ` ${SECRET} `;
  expect(await findCredential({ env: {} }, { ...wanted, given })).toBe(given);
  expect(await findCredential({ env: { ACME_KEY: given } }, wanted)).toBe(given);
});

it("is typed unseen, unless it is said to be no secret", async () => {
  const asked: boolean[] = [];
  await findCredential(typing(SECRET, asked), wanted);
  await findCredential(typing("app", asked), { ...wanted, secret: false });
  expect(asked).toEqual([true, false]);
});

it.each<[string, { found?: string; typed?: string; again?: boolean }, string | undefined, string]>([
  ["takes what is found, and asks nobody", { found: "found", typed: "typed" }, "found", "find"],
  ["asks where nothing is found", { typed: "typed" }, "typed", "find ask"],
  ["asks first where a new sign-in was asked for", { found: "found", typed: "typed", again: true }, "typed", "ask"],
  ["takes what is found where nothing is typed then", { found: "found", again: true }, "found", "ask find"],
  ["asks nobody a second time", { again: true }, undefined, "ask find"],
])("%s", async (_, { found, typed = "", again = false }, credential, order) => {
  const steps: string[] = [];
  const ask = async (): Promise<string> => {
    steps.push("ask");
    return typed;
  };
  const prompter = { ask, open: async () => {}, show: () => {} };
  const context = {
    env: {},
    signal: new AbortController().signal,
    prompter,
    ...(again && { reauthenticate: true as const }),
  };
  const find = (): string | undefined => {
    steps.push("find");
    return found;
  };
  expect(await foundOrTyped(context, { label: "Token", secret: true }, find)).toBe(credential);
  expect(steps.join(" ")).toBe(order);
});

it("tells credentials apart without a word of them", () => {
  const digest = credentialDigest("ada", SECRET);
  expect(digest).toMatch(/^[0-9a-f]{32}$/);
  expect(credentialDigest("ada", SECRET)).toBe(digest);
  expect(credentialDigest("ada", `${SECRET}2`)).not.toBe(digest);
  expect(credentialDigest(`ada","${SECRET}`)).not.toBe(digest);
});
