import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeFrame, FrameError, FrameReader } from "../src/protocol/frame.ts";

const LIMIT = 1000;
const message = fc.dictionary(fc.string(), fc.jsonValue());

/** What a reader makes of some bytes, cut at some places. */
function read(bytes: Uint8Array, cuts: readonly number[] = [], limit = LIMIT): unknown[] {
  const reader = new FrameReader(limit);
  const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  return edges.flatMap((edge, at) => [...reader.push(bytes.subarray(edges[at - 1] ?? 0, edge))]);
}

describe("frames", () => {
  it("give the messages that were sent, however the bytes arrive", () => {
    fc.assert(
      fc.property(fc.array(message), fc.array(fc.nat()), (messages, cuts) => {
        const bytes = Buffer.concat(messages.map((one) => encodeFrame(one, 1_000_000)));
        const expected = messages.map((one) => JSON.parse(JSON.stringify(one)) as unknown);
        expect(read(bytes, cuts, 1_000_000)).toEqual(expected);
      }),
    );
  });

  it("are refused by their length alone, before anything of them arrives", () => {
    const header = Buffer.alloc(4);
    header.writeUInt32BE(LIMIT + 1);
    expect(() => read(header)).toThrow(FrameError);
    header.writeUInt32BE(0xffff_ffff);
    expect(() => read(header)).toThrow(FrameError);
  });

  it.each([
    ["an empty one", ""],
    ["no JSON", "vlcanary-not-json"],
    ["a list", "[]"],
    ["null", "null"],
    ["a text", '"x"'],
    ["half an object", '{"a":'],
  ])("that are %s are refused, and nothing of them is repeated", (_what, json) => {
    const header = Buffer.alloc(4);
    header.writeUInt32BE(json.length);
    let thrown: unknown;
    try {
      read(Buffer.concat([header, Buffer.from(json)]));
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(FrameError);
    expect(String(thrown)).not.toContain("vlcanary");
    expect(thrown).not.toHaveProperty("cause");
  });

  it("that are no UTF-8 are refused", () => {
    const body = Buffer.from('{"a":"\u00ff"}', "latin1");
    const header = Buffer.alloc(4);
    header.writeUInt32BE(body.length);
    expect(() => read(Buffer.concat([header, body]))).toThrow(FrameError);
  });

  it("are not made longer than allowed", () => {
    expect(() => encodeFrame({ a: "x".repeat(LIMIT) }, LIMIT)).toThrow(FrameError);
  });
});
