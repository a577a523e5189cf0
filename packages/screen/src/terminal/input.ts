import { Transform, type TransformCallback } from "node:stream";

/** What the mouse did, where. */
export interface MouseEvent {
  readonly action: "click" | "up" | "down";
  /** From the top; the first row is 0. */
  readonly row: number;
}

/** The terminal's input, as far as it is used. */
export type TerminalInput = NodeJS.ReadableStream & {
  setRawMode?(mode: boolean): unknown;
  ref?(): unknown;
  unref?(): unknown;
};

/** SGR reports, as xterm names them: ESC [ < button ; column ; row, then M for pressed or m for released. */
// oxlint-disable-next-line no-control-regex -- reports begin with ESC
const REPORT = /\u001b\[<(\d{1,3});\d{1,5};(\d{1,5})([Mm])/g;
// oxlint-disable-next-line no-control-regex -- reports begin with ESC
const BEGINNING = /\u001b\[<[\d;]{0,15}$/;

/** The buttons that are told apart: the left one, and the two ways of the wheel. */
const ACTIONS: Readonly<Record<string, MouseEvent["action"]>> = { 0: "click", 64: "up", 65: "down" };

/**
 * A terminal's input without what its mouse says, which goes to `onMouse`: Ink knows keys only. Everything else about the
 * terminal is handed on to it.
 */
export class KeyInput extends Transform {
  readonly isTTY = true;
  readonly #input: TerminalInput;
  readonly #onMouse: (event: MouseEvent) => void;
  #held = "";

  constructor(input: TerminalInput, onMouse: (event: MouseEvent) => void) {
    super({ decodeStrings: false, encoding: "utf8" });
    this.#input = input;
    this.#onMouse = onMouse;
    input.setEncoding("utf8");
    input.on("data", this.#take);
    input.once("end", this.#end);
    input.once("error", this.#end);
  }

  setRawMode(mode: boolean): this {
    this.#input.setRawMode?.(mode);
    return this;
  }

  ref(): this {
    this.#input.ref?.();
    return this;
  }

  unref(): this {
    this.#input.unref?.();
    return this;
  }

  /** Leaves the terminal's input alone. */
  release(): void {
    this.#input.off("data", this.#take);
    this.#input.pause();
    this.destroy();
  }

  override _transform(piece: string, _encoding: string, done: TransformCallback): void {
    let text = this.#held + piece;
    this.#held = "";
    text = text.replaceAll(REPORT, (_report, button: string, row: string, end: string) => {
      const action = ACTIONS[button];
      if (action !== undefined && end === "M") this.#onMouse({ action, row: Number(row) - 1 });
      return "";
    });
    const cut = text.search(BEGINNING);
    if (cut >= 0) {
      this.#held = text.slice(cut);
      text = text.slice(0, cut);
    }
    done(null, text === "" ? undefined : text);
  }

  readonly #take = (piece: string): void => void this.write(piece);
  readonly #end = (): void => void this.end();
}
