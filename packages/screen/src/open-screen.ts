import { render } from "ink";
import { createElement } from "react";
import { Controller, type ScreenClock } from "./controller.ts";
import type { ScreenSource } from "./source.ts";
import { initialState, type Size } from "./state/state.ts";
import { guardTerminal } from "./terminal/guard.ts";
import { KeyInput, type TerminalInput } from "./terminal/input.ts";
import { CLEAR_CLIPBOARD, MOUSE_OFF, MOUSE_ON, toClipboard } from "./terminal/sequences.ts";
import type { Drawing } from "./view/drawing.ts";
import { Window } from "./view/window.ts";

/** What the window opens on. */
export interface ScreenOptions {
  readonly source: ScreenSource;
  readonly input: TerminalInput;
  readonly output: NodeJS.WriteStream & { readonly fd: number };
  /** Closes the window. */
  readonly signal: AbortSignal;
  readonly drawing: Drawing;
  /** Changes nothing: neither files nor sessions nor what is kept. @default false */
  readonly readonly?: boolean;
  /** @default true */
  readonly mouse?: boolean;
  /** Whether the terminal has a clipboard that programs may fill. @default true */
  readonly clipboard?: boolean;
  /** Opens a page to sign in on; its address is on the screen in any case. */
  readonly openPage: (url: string) => Promise<void>;
  /** @default the machine's */
  readonly clock?: ScreenClock;
}

/** How often the ages go on, in ms. */
const TICK_MS = 1000;

/** Opens the window, and resolves when it was closed, with the terminal as it was. */
export async function openScreen(options: ScreenOptions): Promise<void> {
  const { source, output, signal, drawing, mouse = true, clock = machineClock() } = options;
  const following = new AbortController();
  const write = (text: string): void => void output.write(text);
  const end = Promise.withResolvers<undefined>();
  const close = (): void => end.resolve(undefined);
  const controller = new Controller(
    initialState(sizeOf(output), clock.now(), { readonly: options.readonly ?? false, mouse }),
    {
      ...{ source, clock, quit: close, openPage: options.openPage },
      copy: options.clipboard === false ? undefined : (text) => write(toClipboard(text)),
      clearClipboard: () => write(CLEAR_CLIPBOARD),
      setMouse: (on) => write(on ? MOUSE_ON : MOUSE_OFF),
    },
  );
  const { current, dispatch } = controller;
  const input = new KeyInput(options.input, (event) => dispatch({ kind: "mouse", ...event }));
  const leftOver = (): string => (current().copied === undefined ? "" : CLEAR_CLIPBOARD);
  // A terminal that was closed ends the input, and fails what is written.
  input.once("end", close);
  output.once("error", close);
  signal.addEventListener("abort", close, { once: true });
  if (signal.aborted) close();
  const resize = (): void => dispatch({ kind: "resize", size: sizeOf(output) });
  output.on("resize", resize);
  const window = render(createElement(Window, { controller, drawing }), {
    ...{ stdin: input, stdout: output, alternateScreen: true, interactive: true, exitOnCtrlC: false },
    ...{ incrementalRendering: true, maxFps: 60 },
  });
  const release = guardTerminal({ stop: () => window.unmount(), besides: leftOver, output, input });
  // The window ends by itself only where drawing it failed.
  window.waitUntilExit().then(close, end.reject);
  if (mouse) write(MOUSE_ON);
  controller.load();
  source.follow(() => dispatch({ kind: "changed" }), following.signal);
  const stopTicks = everyTick(clock, (nowMs) => dispatch({ kind: "tick", nowMs }));
  try {
    await end.promise;
  } finally {
    stopTicks();
    following.abort();
    controller.stop();
    output.off("resize", resize);
    write(leftOver() + MOUSE_OFF);
    window.unmount();
    await window.waitUntilExit().catch(() => undefined);
    input.release();
    release();
  }
}

const sizeOf = ({ columns, rows }: { readonly columns?: number; readonly rows?: number }): Size => ({
  columns: columns || 80,
  rows: rows || 24,
});

function everyTick(clock: ScreenClock, tick: (nowMs: number) => void): () => void {
  let stop = (): void => {};
  const next = (): void => {
    stop = clock.after(TICK_MS, () => {
      tick(clock.now());
      next();
    });
  };
  next();
  return () => stop();
}

const machineClock = (): ScreenClock => ({
  now: () => Date.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
});
