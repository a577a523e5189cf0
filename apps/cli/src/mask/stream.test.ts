import { describe, expect, it, vi } from "vitest";
import { Automaton } from "./automaton.ts";
import { type Later, maskStream } from "./stream.ts";

const makeAutomaton = (): Automaton => new Automaton([Buffer.from("vlcanary-secret")]);

/** Time that passes when it is told to. */
function manualTime(): { readonly later: Later; pass(): void; readonly waits: number[] } {
  let due: (() => void) | undefined;
  const waits: number[] = [];
  return {
    waits,
    later(ms, call) {
      waits.push(ms);
      due = call;
      return () => (due = undefined);
    },
    pass() {
      due?.();
      due = undefined;
    },
  };
}

/** A source that is fed by hand, and an output that is read by hand. */
function open(time = manualTime(), automaton = makeAutomaton) {
  const written: string[] = [];
  const pieces: (Uint8Array | Error)[] = [];
  let wake = (): void => {};
  let isOver = false;
  let isClosed = false;
  async function* source(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const piece = pieces.shift();
        if (piece instanceof Error) throw piece;
        if (piece !== undefined) yield piece;
        else if (isOver) return;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      isClosed = true;
    }
  }
  const output = {
    write: async (bytes: Uint8Array): Promise<void> => void written.push(Buffer.from(bytes).toString()),
  };
  const done = maskStream(source(), { automaton, later: time.later, write: (bytes) => output.write(bytes) });
  const settle = async (): Promise<void> => {
    wake();
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  return {
    ...{ time, written, output, done, isClosed: () => isClosed },
    give: async (piece: string | Error) => {
      pieces.push(typeof piece === "string" ? Buffer.from(piece) : piece);
      await settle();
    },
    pass: async () => {
      time.pass();
      await settle();
    },
    end: async () => {
      isOver = true;
      await settle();
    },
  };
}

describe("a masked stream", () => {
  it("lets three bytes of a candidate go after 100 ms of silence, and masks its rest however late", async () => {
    const stream = open();
    await stream.give("a vlcanary");
    expect([stream.written, stream.time.waits]).toEqual([["a "], [100]]);
    await stream.pass();
    await stream.pass();
    expect(stream.written.join("")).toBe("a vlc");
    await stream.give("-secret b");
    await stream.end();
    await stream.done;
    expect(stream.written.join("")).toBe("a vlc[secret] b");
  });

  it("makes nothing to mask with while nothing is written", async () => {
    const made = vi.fn<() => Automaton>(makeAutomaton);
    const stream = open(manualTime(), made);
    await stream.end();
    await stream.done;
    expect([stream.written, made.mock.calls.length]).toEqual([[], 0]);
  });

  it("waits for no silence where it holds nothing", async () => {
    const stream = open();
    await stream.give("hello\n");
    expect([stream.written, stream.time.waits]).toEqual([["hello\n"], []]);
    await stream.end();
    await stream.done;
  });

  it("begins to wait anew with each piece", async () => {
    const stream = open();
    await stream.give("vlc");
    await stream.give("anary");
    await stream.give("-secret");
    await stream.pass();
    await stream.end();
    await stream.done;
    expect(stream.written.join("")).toBe("[secret]");
  });

  it("writes at the end what was held", async () => {
    const stream = open();
    await stream.give("vlcanary-secre");
    await stream.end();
    await stream.done;
    expect(stream.written.join("")).toBe("vlcanary-secre");
  });

  it("reads on only when the output took what was read", async () => {
    const stream = open();
    let take = (): void => {};
    stream.output.write = (bytes) => {
      stream.written.push(Buffer.from(bytes).toString());
      return new Promise((resolve) => (take = resolve));
    };
    await stream.give("one");
    await stream.give("two");
    expect(stream.written).toEqual(["one"]);
    take();
    await stream.give("");
    expect(stream.written).toEqual(["one", "two"]);
    take();
    await stream.end();
    await stream.done;
  });

  it("closes the source when the output fails, also where that happened in a silence", async () => {
    for (const given of ["hello", "vlcanary"]) {
      const stream = open();
      stream.output.write = () => Promise.reject(new Error("full"));
      stream.done.catch(() => {});
      await stream.give(given);
      await stream.pass();
      await stream.give("more");
      await expect(stream.done).rejects.toThrow("full");
      expect(stream.isClosed()).toBe(true);
    }
  });

  it("fails as its source does", async () => {
    const stream = open();
    stream.done.catch(() => {});
    await stream.give(new Error("broken"));
    await expect(stream.done).rejects.toThrow("broken");
  });
});
