import { Terminal } from "@vaultlink/test-support/terminal";
import { expect, it, onTestFinished } from "vitest";

/** Draws half of a frame, and the rest at a key. */
const PROGRAM = `
  process.stdin.setRawMode(true);
  process.stdout.write("first");
  process.stdin.once("data", () => {
    process.stdout.write("\\u001b[?2026h\\r\\u001b[Ksec");
    process.stdin.once("data", () => {
      process.stdout.write("ond\\u001b[?2026l");
      process.stdin.once("data", () => process.exit());
    });
  });
`;

it("a test never reads a frame that is half drawn", async () => {
  const terminal = new Terminal({ command: [process.execPath, "-e", PROGRAM], env: process.env, cwd: process.cwd() });
  onTestFinished(() => terminal.stop());
  await terminal.shows("first");
  terminal.type("1");
  await terminal.until(() => terminal.stream.endsWith("sec"), "get half of a frame");
  expect(terminal.text()).toBe("first");
  terminal.type("2");
  await terminal.shows("second");
  expect(terminal.text()).toBe("second");
});
