import { gzipSync } from "node:zlib";
import { isSecretError, type Session } from "@vaultlink/core/provider";
import {
  CANARY,
  createAuthority,
  type OnePasswordConnectStandIn,
  type OnePasswordStandIn,
  startOnePassword,
  startOnePasswordConnect,
} from "@vaultlink/stand-ins";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { onePassword, plugin } from "../src/index.ts";
import { findProgram } from "../src/thread.ts";
import { createThread } from "../src/thread.ts";
import { ITEMS, RIGHT, TITLE } from "./fault-items.ts";
import { at, context, refused, textOf } from "./support.ts";

let account: OnePasswordStandIn;
let server: OnePasswordConnectStandIn;
const sessions: Record<string, Session> = {};

beforeAll(async () => {
  [account, server] = await Promise.all([startOnePassword(), startOnePasswordConnect()]);
  for (const item of ITEMS) for (const vault of [account, server]) vault.put("App", item);
  for (const vault of [account, server]) {
    vault.addVault(TITLE, ["app"]);
    vault.put(TITLE, TITLE, { p: `${CANARY}both` });
  }
  sessions["the SDK"] = await onePassword().open(context({ env: account.env }));
  sessions["Connect"] = await onePassword({ auth: { method: "connect" } }).open(context({ env: server.env }));
});
afterAll(async () => {
  for (const session of Object.values(sessions)) await session.close?.();
  await Promise.all([account.stop(), server.stop()]);
});

const WAYS = ["the SDK", "Connect"] as const;
const sessionOf = (reader: string): Session => {
  const session = sessions[reader];
  if (session === undefined) throw new Error("Nobody opened this one.");
  return session;
};

/** What came out: a value without its marker, or the code and the ids of an error of ours. */
async function told(call: Promise<{ readonly value: unknown }>): Promise<string> {
  try {
    return String((await call).value).replace(CANARY, "");
  } catch (thrown) {
    if (!isSecretError(thrown)) return "not ours";
    const ids = /in its place: (.*)$/.exec(thrown.message)?.[1];
    return ids === undefined ? thrown.code : `${thrown.code}: ${ids}`;
  }
}

const read = (reader: string, reference: string): Promise<string> =>
  told(sessionOf(reader).read(at(reference), context()));

describe.each(WAYS)("O1, O2, O3: by %s", (reader) => {
  it.each(Object.entries(RIGHT))("App/%s is %s", async (reference, right) => {
    expect(await read(reader, `App/${reference}`)).toBe(right);
    // The same again, when the item is known.
    expect(await read(reader, `App/${reference}`)).toBe(right);
  });

  it("a vault and an item whose titles look like ids are found", async () => {
    expect(await read(reader, `${TITLE}/${TITLE}/p`)).toBe("both");
  });

  it("an id in capitals means what it means", async () => {
    const vault = reader === "Connect" ? server : account;
    expect(await read(reader, `${vault.idOf("App")}/${vault.idOf("App", "db")}/username`.toUpperCase())).toBe("app");
  });

  it("titles that look like ids are read among others", async () => {
    const locators = [`App/${TITLE}/p`, "App/db/username", `App/nothing/p`].map(at);
    const outcomes = (await sessionOf(reader).readMany?.(locators, context({ fresh: true }))) ?? [];
    const settled = outcomes.map((one) => (one.status === "fulfilled" ? textOf(one.value) : "refused"));
    expect(settled).toEqual([`${CANARY}t1`, "app", "refused"]);
  });

  it.each(["field and file/a.txt", "two files/b.bin"])("App/%s is one of two, and neither is chosen", async (path) => {
    expect(await read(reader, `App/${path}`)).toMatch(/^ambiguous: [\w/]+, [\w/]+\.$/);
  });

  it("each field of one label has a file's name beside it, and is meant with its section", async () => {
    expect(await read(reader, "App/field and file/T/a.txt")).toBe("a1");
  });
});

it("O3: an id that the server does not take for one is a title", async () => {
  const session = sessionOf("Connect");
  server.fault({ on: "items.get", kind: "status", status: 400, times: 1 });
  expect(await told(session.read(at(`App/${TITLE}/p`), context({ fresh: true })))).toBe("t1");
});

describe.each(WAYS)("C6: by %s", (reader) => {
  it("a field has one name of its own, however vault, item and case are written", async () => {
    const vault = reader === "Connect" ? server : account;
    const [vaultId, itemId] = [vault.idOf("App"), vault.idOf("App", "db")];
    const ways = ["App/db/username", "APP/DB/USERNAME", `${vaultId}/${itemId}/username`, `App/${itemId}/Username`];
    const ids: (string | undefined)[] = [];
    for (const one of ways) ids.push((await sessionOf(reader).read(at(one), context())).id);
    expect(new Set(ids)).toEqual(new Set([`op://${vaultId}/${itemId}/username`]));
    const other = await sessionOf(reader).read(at("App/db/password"), context());
    expect(ids).not.toContain(other.id);
  });

  it("an item has a version, which no value is asked for and which changes with it", async () => {
    const vault = reader === "Connect" ? server : account;
    const version = async (): Promise<string | undefined> =>
      sessionOf(reader).version?.(at("App/API Key/empty"), context());
    vault.log.clear();
    const before = await version();
    expect(before).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect([vault.log.count("items.get"), vault.log.count("items.batch")]).toEqual([0, 0]);
    expect(await version()).toBe(before);
    await expect
      .poll(async () => {
        vault.change("App", "API Key", "empty", "");
        return version();
      })
      .not.toBe(before);
  });

  it("an item that is not there has no version", async () => {
    const call = (path: string) => refused(Promise.resolve(sessionOf(reader).version?.(at(path), context())));
    expect((await call("App/nothing/x")).code).toBe("not_found");
    expect((await call("Nowhere/db/x")).code).toBe("not_found");
    expect((await call("App/twice/x")).code).toBe("ambiguous");
  });
});

it("recognises references by the provider as by the plugin", () => {
  expect(onePassword().parseIdentifier?.("op://App/db/password")).toEqual(
    plugin.parseIdentifier?.("op://App/db/password"),
  );
  expect(onePassword().parseIdentifier?.("op://App/db/password")?.locator.path).toBe("App/db/password");
});

describe("R22", () => {
  it("an uncaught error in the thread fails one job, and no other", async () => {
    const url = new URL("failing-thread.mjs", import.meta.url);
    const about = { credential: { by: "token", token: "vlcanary-token", origin: "https://x" }, requestTimeoutMs: 1 };
    const thread = createThread(about as Parameters<typeof createThread>[0], {}, { url, execArgv: [] });
    const list = (folder: string): Promise<unknown> => thread.run({ type: "list", folder: [folder] }, context().signal);
    await thread.start(context().signal);
    const [fails, next] = await Promise.allSettled([list("fails"), list("next")]);
    const after = await Promise.allSettled([list("after")]);
    await thread.close();
    expect([fails.status, next.status, after[0]?.status]).toEqual(["rejected", "fulfilled", "fulfilled"]);
    expect(await refused(fails.status === "rejected" ? Promise.reject(fails.reason) : Promise.resolve())).toMatchObject(
      {
        code: "internal",
      },
    );
  });
});

describe("R17", () => {
  it.each(["connect", "service-account"] as const)("Node is told to take any certificate: %s", async (method) => {
    const { issue } = createAuthority();
    const tls = issue(["127.0.0.1"]);
    const other = await startOnePasswordConnect({ tls });
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    const env = {
      ...other.env,
      OP_SERVICE_ACCOUNT_TOKEN: account.tokenOf("app", other.url),
      NODE_TLS_REJECT_UNAUTHORIZED: "0",
    };
    try {
      const { message } = await refused(onePassword({ auth: { method } }).open(context({ env })));
      expect(message).toContain("is not trusted.");
      expect(other.log.count()).toBe(0);
    } finally {
      vi.unstubAllEnvs();
      await other.stop();
    }
  });
});

describe("R13", () => {
  it.each(["vaults.list", "items.batch"])("a gzip bomb answers a service account at %s", async (on) => {
    const body = gzipSync(Buffer.alloc(2 ** 27, " "));
    const fault = account.fault({ on, kind: "status", status: 200, body, headers: { "content-encoding": "gzip" } });
    const { code, details } = await refused(sessionOf("the SDK").read(at("App/db/username"), context({ fresh: true })));
    fault.clear();
    expect([code, details.reason]).toEqual(["unusable", "too-large"]);
    expect(await read("the SDK", "App/db/username")).toBe("app");
  });
});

describe("R24", () => {
  it.each([
    "https://169.254.169.254",
    "https://0xa9fea9fe",
    "https://[::ffff:169.254.169.254]",
    "https://metadata.google.internal",
    "https://METADATA.google.internal./x",
    "https://100.100.100.200",
    "https://[fd00:ec2::254]",
  ])("%s is no vault", async (address) => {
    const env = { OP_SERVICE_ACCOUNT_TOKEN: account.tokenOf("app", address) };
    const { message } = await refused(onePassword().open(context({ env })));
    expect(message).toBe("The token's sign-in address is not one of 1Password's.");
    const connect = { OP_CONNECT_HOST: address, OP_CONNECT_TOKEN: "vlcanary-x" };
    const error = await refused(onePassword({ auth: { method: "connect" } }).open(context({ env: connect })));
    expect(error.message).toBe("OP_CONNECT_HOST is that of a cloud's metadata service.");
  });
});

describe("C16", () => {
  it.each(["", "file:///nowhere/app/bundle.js"])("the thread's program is not beside %j", async (here) => {
    const error = await refused(Promise.resolve().then(() => findProgram({ url: here })));
    expect([error.code, error.details.hint]).toEqual([
      "invalid_config",
      "keep @vaultlink/provider-1password external in the bundler's options",
    ]);
  });
});

describe("C3", () => {
  it.each([
    ["throttle", "throttled"],
    ["drop", "unavailable"],
    ["status", "unavailable"],
  ] as const)("opening meets %s once, and may be tried again", async (kind, code) => {
    const spec = kind === "status" ? { kind, status: 503 } : { kind };
    server.fault({ on: "vaults.list", times: 1, ...spec });
    account.fault({ on: "auth.start", times: 1, ...spec });
    for (const provider of [onePassword(), onePassword({ auth: { method: "connect" } })]) {
      const env = { ...account.env, ...server.env };
      expect((await refused(provider.open(context({ env })))).code).toBe(code);
      const session = await provider.open(context({ env }));
      await session.close?.();
    }
  });
});
