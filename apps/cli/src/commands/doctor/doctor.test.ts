import { chmod, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { SecretError } from "@vaultlink/core";
import { defineProvider } from "@vaultlink/core/provider";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Held, memoryPlugin, openWorld, personWho, type TestWorld } from "../../../test/context.ts";
import type { Message } from "../../output/result.ts";
import { doctor } from "./doctor.ts";
import type { Finding } from "./finding.ts";

const HELD: Held = { a: "vlcanary-a" };
const TEXT: unknown = expect.any(String);

/** A server that answers with this date, at an address of its own. */
async function serve(date: Date): Promise<string> {
  const server = createServer((_, response) => response.setHeader("date", date.toUTCString()).end());
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function world(
  url: string,
  changes: Parameters<typeof openWorld>[1] = {},
  links: object = { A: "mem://a" },
): Promise<TestWorld> {
  const context = await openWorld(HELD, changes);
  const connections = { mem: { provider: "memory", url } };
  await writeFile(context.userFile, JSON.stringify({ version: 1, connections }), { mode: 0o600 });
  await writeFile(context.projectFile, JSON.stringify({ version: 1, links }));
  return context;
}

const findings = ({ json }: Message): readonly Finding[] => json["findings"] as readonly Finding[];
const of = (message: Message, check: string): Finding | undefined =>
  findings(message).find((finding) => finding.check === check);
const failures = (message: Message): readonly string[] =>
  findings(message).flatMap(({ state, check }) => (state === "failed" ? [check] : []));

describe("doctor", () => {
  it("is content where all is well: each step, its time, and no value", async () => {
    const prompter = personWho();
    const message = await doctor(await world(await serve(new Date()), { prompter }), undefined);
    expect([message.exit, failures(message), prompter.asked]).toEqual([0, [], []]);
    expect(message.json).toMatchObject({ ok: true });
    expect(findings(message).flatMap(({ connection, check, ms }) => (connection ? [[check, typeof ms]] : []))).toEqual([
      ["configuration", "number"],
      ["credentials", "undefined"],
      ["dns", "number"],
      ["tcp", "number"],
      ["tls", "number"],
      ["clock", "number"],
      ["sign-in", "number"],
      ["expiry", "undefined"],
      ["read", "number"],
    ]);
    expect(of(message, "credentials")?.message).toBe("found MEMORY_TOKEN");
    expect(of(message, "sign-in")?.message).toBe("as somebody");
    expect(of(message, "read")?.message).toBe("A can be read");
    expect(JSON.stringify(message)).not.toContain("vlcanary");
  });

  it("reads every link, and tells one that gives no value apart from the sign-in", async () => {
    const links = { A: "mem://a", GONE: "mem://gone", OFF: { reference: "mem://off", enabled: false } };
    const message = await doctor(await world("memory:", {}, links), undefined);
    expect([message.exit, failures(message)]).toEqual([66, ["link"]]);
    expect(of(message, "sign-in")?.state).toBe("ok");
    expect(of(message, "read")?.message).toBe("A can be read");
    expect(of(message, "link")).toMatchObject({
      ...{
        connection: "mem",
        code: "not_found",
        message: "GONE: The vault has no such secret. Its reference is mem://gone.",
      },
      hint: "vaultlink relink GONE",
    });
  });

  it("has read what the vault gives where the first link gives nothing", async () => {
    const message = await doctor(await world("memory:", {}, { GONE: "mem://gone", A: "mem://a" }), undefined);
    expect([of(message, "read")?.message, failures(message)]).toEqual(["A can be read", ["link"]]);
    const none = await doctor(await world("memory:", {}, { GONE: "mem://gone" }), undefined);
    expect([of(none, "read")?.state, failures(none)]).toEqual(["skipped", ["link"]]);
  });

  it("says that nothing failed where a connection is disconnected, not that all is well", async () => {
    const context = await world("memory:");
    const connections = { mem: { provider: "memory", url: "memory:" } };
    await writeFile(context.userFile, JSON.stringify({ version: 1, connections, disconnected: ["mem"] }), {
      mode: 0o600,
    });
    const { body } = await doctor(context, undefined);
    expect(body.at(-1)).toBe("No check failed.");
  });

  it("names the command that connects a vault where there is no connection, and mends nothing else", async () => {
    const { body } = await doctor(await openWorld(HELD), undefined);
    expect(body.slice(1)).toEqual(["No check failed.", "No connections yet. Try: vaultlink connect"]);
  });

  it.each([
    ["to sign in again where a person is asked", {}, "vaultlink reauth mem"],
    [
      "what the provider says where its credentials are found",
      { MEMORY_TOKEN: "vlcanary-wrong" },
      "export MEMORY_TOKEN=…",
    ],
  ])("hints %s and signing in fails", async (_what, env, hint) => {
    const create = (options: object) =>
      defineProvider({
        ...memoryPlugin(HELD).create(options),
        async open() {
          throw new SecretError("unauthenticated", "There is no token.", { hint: "export MEMORY_TOKEN=…" });
        },
      });
    const message = await doctor(await world("memory:", { env, plugin: { create } }), "mem");
    expect(of(message, "sign-in")).toMatchObject({ state: "failed", hint });
  });

  it("tells what a provider finds here that its connection may use, and no variable twice", async () => {
    const profile = (name: string) => ({
      ...{ label: `Profile ${name}`, found: `profile ${name} in ~/.acme` },
      options: { "auth.method": "role", "auth.role": name },
    });
    const token = { label: "Token", found: "MEMORY_TOKEN is set", options: { "auth.method": "token" } };
    const suggest = async () => ({ methods: [token, ...["a", "b", "c", "d", "e"].map(profile)] });
    const context = await openWorld(HELD, { plugin: { suggest } });
    const credentials = async (auth?: object) => {
      const mem = { provider: "memory", url: "memory:", ...(auth && { auth }) };
      await writeFile(context.userFile, JSON.stringify({ version: 1, connections: { mem } }), { mode: 0o600 });
      return of(await doctor(context, "mem"), "credentials")?.message;
    };
    const three = ["a", "b", "c"].map((name) => `profile ${name} in ~/.acme`).join(", ");
    expect(await credentials()).toBe(`found MEMORY_TOKEN, ${three}, 2 more`);
    expect(await credentials({ method: "role", role: "b" })).toBe(
      "method role; found MEMORY_TOKEN, profile b in ~/.acme",
    );
  });

  it("tries the way to the address that the provider says", async () => {
    const url = await serve(new Date());
    const where = async () => ({ facts: [{ what: "region", value: "r" }], address: url });
    const create = (options: object) => ({ ...memoryPlugin(HELD).create(options), where });
    const message = await doctor(await world("memory:", { plugin: { create } }), "mem");
    expect(of(message, "configuration")?.message).toBe("region r");
    expect(of(message, "tcp")?.message).toBe(`port ${new URL(url).port} answers`);
  });

  it("finds a clock that is off, by how much and to which side", async () => {
    const message = await doctor(await world(await serve(new Date(Date.now() + 600_000))), "mem");
    expect([message.exit, failures(message)]).toEqual([78, ["clock"]]);
    expect(of(message, "clock")?.message).toMatch(/^This machine's clock is (?:599|60[01]) s behind the vault's\.$/);
  });

  it("stops at what cannot be reached, and does not sign in", async () => {
    const context = await world("http://127.0.0.1:9");
    const message = await doctor(context, "mem");
    expect([message.exit, failures(message), context.log]).toEqual([69, ["tcp"], []]);
    expect(of(message, "tcp")).toMatchObject({ message: "Nothing listens there.", hint: TEXT });
    expect(["tls", "clock", "sign-in", "read"].map((check) => of(message, check)?.state)).toEqual([
      "skipped",
      "skipped",
      "skipped",
      "skipped",
    ]);
  });

  it("says that a name is unknown", async () => {
    // Longer than a name can be, so that no resolver has to be waited for.
    const message = await doctor(await world(`https://${"a".repeat(64)}.invalid`), "mem");
    expect([message.exit, of(message, "dns")?.message]).toEqual([69, "There is no host of this name."]);
  });

  it("finds credentials that are missing, with the command that helps", async () => {
    const message = await doctor(await world("memory:", { env: {} }), "mem");
    expect([message.exit, failures(message)]).toEqual([76, ["sign-in"]]);
    expect(of(message, "sign-in")?.hint).toBe("vaultlink reauth mem");
  });

  it("finds a secret that may not be read, though signing in went well", async () => {
    const message = await doctor(await world("memory:", {}, { OFF: null, GONE: "mem://gone" }), "mem");
    expect([message.exit, failures(message)]).toEqual([66, ["link"]]);
    expect(of(message, "link")).toMatchObject({ hint: "vaultlink relink GONE" });
  });

  it("finds an option that is wrong, and a provider that nobody knows", async () => {
    for (const mem of [
      { provider: "memory", ulr: "x" },
      { provider: "memry", url: "x" },
    ]) {
      const context = await world("memory:");
      await writeFile(context.userFile, JSON.stringify({ version: 1, connections: { mem } }), { mode: 0o600 });
      const message = await doctor(context, undefined);
      expect([message.exit, failures(message)]).toEqual([78, ["configuration"]]);
    }
  });

  it("finds files that cannot be used, and looks no further", async () => {
    const context = await world("memory:");
    await chmod(context.userFile, 0o666);
    const message = await doctor(context, undefined);
    expect([message.exit, failures(message)]).toEqual([78, ["files"]]);
    expect(of(message, "files")?.hint).toMatch(/^chmod go-w /);
  });

  it("finds a proxy that is none", async () => {
    const env = { MEMORY_TOKEN: "vlcanary-right", HTTPS_PROXY: "http://u:vlcanary-p@proxy:0" };
    const message = await doctor(await world("memory:", { env }), undefined);
    expect([message.exit, failures(message)]).toEqual([78, ["proxy"]]);
    expect(JSON.stringify(message)).not.toContain("vlcanary");
  });

  it("leaves alone what its user disconnected", async () => {
    const context = await world("memory:");
    const content = { version: 1, connections: { mem: { provider: "memory", url: "memory:" } }, disconnected: ["mem"] };
    await writeFile(context.userFile, JSON.stringify(content), { mode: 0o600 });
    const message = await doctor(context, undefined);
    expect([message.exit, context.log]).toEqual([0, []]);
    expect(of(message, "sign-in")).toMatchObject({ state: "skipped", hint: "vaultlink reauth mem" });
  });
});
