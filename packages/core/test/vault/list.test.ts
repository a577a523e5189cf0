import { describe, expect, it } from "vitest";
import type { ListEntry, Session } from "../../src/contract/provider.ts";
import type { ListOptions, Vault } from "../../src/types.ts";
import { failing, failure, MINUTE, SECOND, settle, watched, world } from "../fixture.ts";

const entry = (path: string): ListEntry => ({ locator: { path, query: {} } });

/** The paths that a listing yields. */
async function paths(vault: Vault, prefix = "", options?: ListOptions): Promise<string[]> {
  const found: string[] = [];
  for await (const { locator } of vault.list("c", { prefix }, options)) found.push(locator.path);
  return found;
}

/** A login whose sessions list what `list` yields. */
const listing = (list: NonNullable<Session["list"]>, over: Partial<Session> = {}) => ({
  login: { identity: "A", ...over, list },
});

describe("list", () => {
  it("opens the connection and yields what begins with the prefix, as the vault names it", async () => {
    const { vault, remote } = world(
      listing(async function* ({ prefix }) {
        yield entry(`${prefix}db`);
        yield { ...entry(`${prefix}old`), state: "disabled", updatedAt: 5 };
        yield { ...entry(`${prefix}web/`), folder: true };
      }),
    );
    const found: ListEntry[] = [];
    for await (const one of vault.list("c", { prefix: "prod/" })) found.push(one);
    expect(found).toEqual([
      entry("prod/db"),
      { ...entry("prod/old"), state: "disabled", updatedAt: 5 },
      { ...entry("prod/web/"), folder: true },
    ]);
    expect(remote.opens).toHaveLength(1);
  });

  it("yields what is there before the rest arrives, and hands all of a long list over", async () => {
    const gate = Promise.withResolvers<void>();
    const { vault } = world(
      listing(async function* () {
        yield entry("first");
        await gate.promise;
        for (let at = 0; at < 1000; at++) yield entry(`more/${at}`);
      }),
    );
    const entries = vault.list("c")[Symbol.asyncIterator]();
    expect(await entries.next()).toEqual({ done: false, value: entry("first") });
    gate.resolve();
    let rest = 0;
    while ((await entries.next()).done !== true) rest++;
    expect(rest).toBe(1000);
  });

  it("stops the provider when the caller leaves", async () => {
    let isStopped = false;
    let signal: AbortSignal | undefined;
    const { vault } = world(
      listing(async function* (_query, context) {
        ({ signal } = context);
        try {
          for (let at = 0; ; at++) {
            yield entry(`${at}`);
            if (at % 10 === 9) await settle();
          }
        } finally {
          isStopped = true;
        }
      }),
    );
    for await (const _ of vault.list("c")) break;
    await settle();
    expect([isStopped, signal?.aborted]).toEqual([true, true]);
  });

  it("takes as long as its caller does, and no longer than the deadline for the vault", async () => {
    const { vault, clock } = world(
      listing(async function* () {
        yield entry("a");
        yield entry("b");
        await new Promise(() => undefined);
      }),
    );
    const entries = vault.list("c", {}, { deadlineMs: 5 * SECOND })[Symbol.asyncIterator]();
    await entries.next();
    await clock.pass(10 * MINUTE);
    expect(await entries.next()).toMatchObject({ value: entry("b") });
    const third = watched(entries.next());
    await clock.pass(5 * SECOND - 1);
    expect(third.state).toBe("pending");
    await clock.pass(1);
    expect(third.error).toMatchObject({ code: "timeout", details: { connection: "c" } });
  });

  it("ends when its caller aborts", async () => {
    const { vault } = world(
      listing(async function* () {
        yield entry("a");
        await new Promise(() => undefined);
      }),
    );
    const controller = new AbortController();
    const entries = vault.list("c", {}, { signal: controller.signal })[Symbol.asyncIterator]();
    await entries.next();
    const second = failing(entries.next());
    controller.abort();
    expect(await second).toMatchObject({ code: "aborted" });
  });

  it("says that the permission to list is missing, and goes on reading", async () => {
    const { vault, text } = world(
      // oxlint-disable-next-line require-yield
      listing(async function* () {
        throw failure("denied");
      }),
    );
    expect(await failing(paths(vault))).toMatchObject({ code: "denied", details: { connection: "c" } });
    expect(await text("X")).toBe("vlcanary-x-1");
  });

  it("says that the provider lists nothing", async () => {
    const { vault } = world();
    expect(await failing(paths(vault))).toMatchObject({ code: "unusable", details: { reason: "not-listed" } });
  });

  it("gives what came before a failure, and then the failure", async () => {
    const { vault } = world(
      listing(async function* () {
        yield entry("a");
        throw failure("unavailable");
      }),
    );
    const entries = vault.list("c")[Symbol.asyncIterator]();
    expect(await entries.next()).toMatchObject({ value: entry("a") });
    expect(await failing(entries.next())).toMatchObject({ code: "unavailable" });
  });

  it("asks again for a listing that failed before its first entry", async () => {
    let asked = 0;
    const { vault, clock } = world(
      listing(async function* () {
        if (++asked === 1) throw failure("unavailable");
        yield entry("a");
      }),
    );
    const found = paths(vault);
    await clock.pass(SECOND);
    expect(await found).toEqual(["a"]);
    expect(asked).toBe(2);
  });

  it("opens the connection anew where the vault refuses the credentials, once", async () => {
    const refusals = { left: 1 };
    const refusing = listing(async function* () {
      if (refusals.left-- > 0) throw failure("unauthenticated");
      yield entry("a");
    });
    const { vault, remote } = world(refusing);
    expect(await paths(vault)).toEqual(["a"]);
    expect(remote.opens).toHaveLength(2);
    refusals.left = Infinity;
    const other = world(refusing);
    expect(await failing(paths(other.vault))).toMatchObject({ code: "unauthenticated" });
    expect(other.remote.opens).toHaveLength(2);
  });

  it("does not go on with another session's list", async () => {
    const { vault } = world(
      listing(async function* () {
        yield entry("a");
        await settle();
        yield entry("b");
      }),
    );
    const entries = vault.list("c")[Symbol.asyncIterator]();
    await entries.next();
    await vault.reauthenticate("c");
    expect(await failing(entries.next())).toMatchObject({ code: "unavailable" });
  });

  it.each([
    ["an unknown connection", "nope", "unresolved"],
    ["a disconnected one", "c", "unresolved"],
  ])("refuses %s", async (_, name, code) => {
    const { vault, remote } = world();
    await vault.disconnect("c");
    expect(await failing(vault.list(name)[Symbol.asyncIterator]().next())).toMatchObject({ code });
    expect(remote.opens).toHaveLength(0);
  });

  it("lists with the credentials of the caller's environment", async () => {
    const { vault, remote } = world({
      envVariables: ["TOKEN"],
      ...listing(async function* () {
        yield entry("a");
      }),
    });
    await paths(vault, "", { env: { TOKEN: "vlcanary-theirs", OTHER: "no" } });
    expect(remote.opening.context.env).toEqual({ TOKEN: "vlcanary-theirs" });
  });

  it("is refused, and ends, with the vault's close", async () => {
    const { vault } = world(
      listing(async function* () {
        yield entry("a");
        await new Promise(() => undefined);
      }),
    );
    const entries = vault.list("c")[Symbol.asyncIterator]();
    await entries.next();
    await vault.close();
    expect(() => vault.list("c")).toThrow("closed");
    expect(await failing(entries.next())).toMatchObject({
      code: expect.stringMatching(/aborted|unavailable/) as string,
    });
  });
});
