import { Console } from "node:console";
import { PassThrough } from "node:stream";
import { format, inspect } from "node:util";
import { deserialize, serialize } from "node:v8";
import { describe, expect, it } from "vitest";
import type { SecretValue } from "../src/index.ts";
import { world } from "./fixture.ts";

const CANARY = "vlcanary-x-1";
const HEX = Buffer.from(CANARY).toString("hex");
const CODES = [...Buffer.from(CANARY)].join(",");

async function secret(): Promise<SecretValue> {
  return world().vault.get("X");
}

/** No trace of the value: not as text, as base64, as hex, nor as a list of bytes. */
function expectNothing(shown: string): void {
  const spaced = shown.replaceAll(/\s/g, "");
  for (const trace of [CANARY, Buffer.from(CANARY).toString("base64"), HEX, CODES]) {
    expect(spaced.includes(trace), "a trace of the value").toBe(false);
  }
}

describe("a secret value", () => {
  it("gives its text and its bytes to who asks for them", async () => {
    const value = await secret();
    expect(value.reveal()).toBe(CANARY);
    expect(Buffer.from(value.bytes()).toString()).toBe(CANARY);
  });

  const waysToShow: ReadonlyArray<readonly [string, (value: SecretValue) => string]> = [
    ["String()", (value) => String(value)],
    ["a template", (value) => `Bearer ${value as unknown as string}`],
    ["joining", (value) => ["Bearer", value].join(" ")],
    ["JSON", (value) => JSON.stringify(value)],
    ["JSON of what holds it", (value) => JSON.stringify({ deep: [{ value }] })],
    ["inspect", (value) => inspect(value)],
    ["inspect of what holds it", (value) => inspect({ deep: [new Map([["value", value]])] }, { depth: 9 })],
    [
      "inspect of everything",
      (value) => inspect(value, { showHidden: true, depth: 9, showProxy: true, getters: true }),
    ],
    [
      "inspect that ignores how it wants to be shown",
      (value) => inspect(value, { customInspect: false, showHidden: true, depth: 9 }),
    ],
    ["%s %o %O %j %d", (value) => format("%s %o %O %j %d %i %f", value, value, value, value, value, value, value)],
    ["toLocaleString", (value) => value.toLocaleString()],
    ["its keys and values", (value) => JSON.stringify(Object.entries(value))],
    ["a spread", (value) => JSON.stringify(Object.assign({}, value))],
    [
      "all it has, hidden or not",
      (value) => inspect(Object.getOwnPropertyDescriptors(value), { depth: 9, showHidden: true }),
    ],
    ["structuredClone", (value) => inspect(structuredClone(value), { depth: 9, showHidden: true })],
    [
      "a V8 serialisation",
      (value) => inspect(deserialize(serialize(value)), { depth: 9 }) + serialize(value).toString("latin1"),
    ],
    [
      "an error about it",
      (value) => inspect(new Error(`no: ${value as unknown as string}`, { cause: value }), { depth: 9 }),
    ],
    ["URLSearchParams", (value) => new URLSearchParams({ value: value as unknown as string }).toString()],
  ];

  it.each(waysToShow)("does not show through %s", async (_way, show) => {
    expectNothing(show(await secret()));
  });

  it("shows [secret] where something has to be shown", async () => {
    const value = await secret();
    const shown = [String(value), JSON.stringify([value]), inspect(value), format("%s", value), inspect([value])];
    expect(shown).toEqual(["[secret]", '["[secret]"]', "[secret]", "[secret]", "[ [secret] ]"]);
  });

  it("does not show on any console method", async () => {
    const value = await secret();
    const out = new PassThrough();
    const console = new Console({ stdout: out, stderr: out });
    for (const method of ["log", "info", "warn", "error", "debug", "dir", "table", "trace"] as const) {
      console[method](value);
      console[method]({ value });
    }
    console.assert(false, "%o", value);
    const shown = String(out.read());
    expect(shown).toContain("[secret]");
    expectNothing(shown);
  });

  it("says where it came from, and nothing of what it is", async () => {
    const { vault, remote, clock } = world();
    remote.holds.set("x", { document: { value: CANARY, version: "7", expiresAt: clock.epochMs() + 60_000 } });
    const { provenance } = await vault.get("X");
    expect(provenance).toEqual({ source: "vault", ageMs: 0, version: "7", expiresAt: clock.epochMs() + 60_000 });
  });
});
