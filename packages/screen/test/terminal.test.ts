import { join } from "node:path";
import { Terminal, type TerminalOptions } from "@vaultlink/test-support/terminal";
import { describe, expect, it, onTestFinished } from "vitest";

const PROGRAM = join(import.meta.dirname, "programs/window.ts");

async function open({
  args = [],
  ...options
}: { readonly args?: readonly string[] } & Partial<TerminalOptions> = {}): Promise<Terminal> {
  const terminal = new Terminal({
    command: [process.execPath, "--conditions=source", PROGRAM, ...args],
    cwd: import.meta.dirname,
    env: { PATH: process.env["PATH"], ...options.env },
    ...(options.columns !== undefined && { columns: options.columns }),
    ...(options.rows !== undefined && { rows: options.rows }),
  });
  onTestFinished(() => terminal.stop());
  await terminal.shows("> ");
  return terminal;
}

/** The terminal as it is without the window. */
const USUAL = { isAlternate: false, modes: { mouse: "none", paste: false } };
const left = ({ isAlternate, modes }: Terminal): object => ({ isAlternate, modes });

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe("the terminal is given back", () => {
  it("by q and by Ctrl-C", async () => {
    for (const key of ["q", "\u0003"]) {
      const terminal = await open();
      expect(left(terminal)).toEqual({ isAlternate: true, modes: { mouse: "vt200", paste: true } });
      terminal.type(key);
      expect(await terminal.ended()).toMatchObject({ code: 0 });
      expect(left(terminal)).toEqual(USUAL);
    }
  });

  it.each([
    ["SIGTERM", 143],
    ["SIGINT", 130],
    ["SIGHUP", 129],
  ] as const)("by %s", async (signal, code) => {
    const terminal = await open();
    terminal.kill(signal);
    expect(await terminal.ended()).toMatchObject({ code });
    expect(left(terminal)).toEqual(USUAL);
  });

  it("by a crash, before it is told of", async () => {
    const terminal = await open({ args: ["3", "crash"] });
    terminal.type("v");
    expect(await terminal.ended()).toMatchObject({ code: 70 });
    expect(left(terminal)).toEqual(USUAL);
    expect(terminal.text()).toContain("It crashed.");
    expect(terminal.stream).not.toContain("vlcanary-");
  });

  it("by a window that cannot be drawn", async () => {
    const terminal = await open({ args: ["3", "throw"] });
    terminal.press("enter");
    expect(await terminal.ended()).toMatchObject({ code: 70 });
    expect(left(terminal)).toEqual(USUAL);
    expect(terminal.stream).not.toMatch(/at .+:\d+/);
  });

  it("by being closed itself, which leaves no process", async () => {
    const terminal = await open();
    terminal.close();
    await expect.poll(() => isAlive(terminal.pid)).toBe(false);
  });

  it("with its own lines as they were", async () => {
    const terminal = await open();
    terminal.type("q");
    await terminal.ended();
    expect(terminal.text()).toBe("");
  });
});

describe("the screen", () => {
  it("follows the terminal's size, down and up", async () => {
    const terminal = await open({ columns: 80, rows: 24 });
    for (const [columns, rows] of [
      [200, 50],
      [60, 12],
      [100, 30],
    ] as const) {
      terminal.resize(columns, rows);
      const fills = (): boolean => {
        const lines = terminal.lines();
        const [first = ""] = lines;
        return (
          first.startsWith(" vaultlink") &&
          (lines[rows - 1] ?? "").includes("q quit") &&
          /^ +NAME/m.test(lines.join("\n"))
        );
      };
      await terminal.until(fills, `fill ${columns} by ${rows}`);
      expect(terminal.lines().filter((line) => line.includes("vaultlink  "))).toHaveLength(1);
    }
  });

  it("has no colour with NO_COLOR, and says by > and words what colour would", async () => {
    const coloured = await open();
    const plain = await open({ env: { NO_COLOR: "1" } });
    const bad = (terminal: Terminal): boolean => {
      const row = terminal.lines().findIndex((line) => line.includes("MAIL"));
      return terminal.isStyled(row, terminal.lines()[row]?.indexOf("✗") ?? 0).colour;
    };
    expect([bad(coloured), bad(plain)]).toEqual([true, false]);
    expect(plain.text()).toMatch(/^> DB +[●○] (?:resolved|expired)/m);
    // oxlint-disable-next-line no-control-regex -- colours are what is looked for
    expect(plain.stream).not.toMatch(/\u001b\[[\d;]*3[0-7]m/);
  });

  it("takes clicks and the wheel, and leaves the mouse alone when it is switched off", async () => {
    const terminal = await open();
    const rowOf = (text: string): number => terminal.lines().findIndex((line) => line.includes(text));
    terminal.click(rowOf("API"));
    await terminal.shows("> API");
    terminal.wheel("up");
    await terminal.shows("> DB");
    terminal.type("m");
    await terminal.shows("The mouse is off.");
    expect(terminal.modes.mouse).toBe("none");
  });

  it("puts a value into the clipboard, never on the screen, and takes it out when it closes", async () => {
    const terminal = await open();
    terminal.type("y");
    await terminal.shows("handed to the clipboard");
    expect(terminal.clipboard).toEqual(["vlcanary-value"]);
    expect(terminal.text()).not.toContain("vlcanary-");
    terminal.type("q");
    await terminal.ended();
    expect(terminal.clipboard).toEqual(["vlcanary-value", " ", ""]);
  });

  it("shows 5,000 names, and any of them at once", async () => {
    const terminal = await open({ args: ["5000"] });
    await terminal.shows("5000 links");
    terminal.type("G");
    await terminal.shows("> NAME_4999");
    terminal.type("/77 ");
    await terminal.shows(/\d+ of 5000 links/);
    terminal.press("escape");
    await terminal.shows("5000 links");
    expect(terminal.text()).toContain("> NAME_77");
  });
});
