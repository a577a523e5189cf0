import { setTimeout as sleep } from "node:timers/promises";
import { openScreen, type ScreenSource } from "../../src/index.ts";
import { fakeSource, manyRows } from "../fake-source.ts";

/*
 * The window over nothing, for tests that need a terminal: `window.ts <rows> [crash|throw]`. What ends the process is heard as the
 * command hears it.
 */
const [rows = "3", fault] = process.argv.slice(2);
const { env, stdin, stdout } = process;
process.on("uncaughtException", () => {
  stdout.write("It crashed.\n");
  process.exit(70);
});
const ending = new AbortController();
let code = 0;
for (const [signal, number] of [
  ["SIGINT", 2],
  ["SIGTERM", 15],
  ["SIGHUP", 1],
] as const) {
  process.on(signal, () => {
    code = 128 + number;
    ending.abort();
  });
}

/** What the fault does when a value is asked for. */
const faults: Partial<ScreenSource> =
  fault === "crash"
    ? {
        value: async () => {
          setImmediate(() => {
            throw new TypeError("vlcanary-crash");
          });
          return sleep(60_000, "");
        },
      }
    : fault === "throw"
      ? {
          // What the contract does not allow, so that drawing fails.
          details: async () => [{ label: "x", text: undefined as unknown as string }],
        }
      : {};
const source = fakeSource({ ...(rows !== "3" && { rows: manyRows(Number(rows)) }), ...faults });
await openScreen({
  ...{ source, input: stdin, output: stdout, signal: ending.signal },
  drawing: { clean: (text) => text.replaceAll(/\p{Cc}/gu, ""), unicode: true, colour: !env["NO_COLOR"] },
  openPage: async () => {},
}).catch(() => {
  code = 70;
});
process.exit(code);
