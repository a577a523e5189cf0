import pty, { type IPty } from "@lydell/node-pty";
import xterm from "@xterm/headless";
import { readToTheEnd } from "./read-to-the-end.ts";

/** How a program is started at a terminal. */
export interface TerminalOptions {
  readonly command: readonly [file: string, ...args: string[]];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** @default 100 */
  readonly columns?: number;
  /** @default 30 */
  readonly rows?: number;
}

/** How a program ended. */
export interface Exit {
  readonly code: number;
  /** The number of the signal that ended it; 0 for none. */
  readonly signal: number;
}

/** What the keys that have names send. */
const KEYS = {
  enter: "\r",
  escape: "\u001b",
  tab: "\t",
  up: "\u001b[A",
  down: "\u001b[B",
  right: "\u001b[C",
  left: "\u001b[D",
  pageDown: "\u001b[6~",
  pageUp: "\u001b[5~",
  home: "\u001b[H",
  end: "\u001b[F",
  backspace: "\u007f",
  interrupt: "\u0003",
  erase: "\u0015",
} as const;

/** How long a busy machine may take until something is on the screen, in ms. */
const TIMEOUT_MS = 60_000;

/** The mode in which a terminal waits for the whole frame: https://gist.github.com/christianparpart/d8a62cc1ab659194337d73e399004036 */
const SYNCHRONIZED = 2026;

const isIn = (text: string, wanted: string | RegExp): boolean =>
  typeof wanted === "string" ? text.includes(wanted) : wanted.test(text);

/** A terminal with a program in it: what it sends is drawn by xterm, and the screen can be read. */
export class Terminal {
  readonly #pty: IPty;
  readonly #screen: xterm.Terminal;
  readonly #ended: Promise<Exit>;
  readonly #stopReading: () => void;
  /** The environment of the program. */
  readonly env: TerminalOptions["env"];
  readonly #lookers = new Set<() => void>();
  #stream = "";
  #clipboard: readonly string[] = [];
  /** The rows as they were before the frame that is being drawn; undefined between frames. */
  #before: readonly string[] | undefined;

  constructor({ command, env, cwd, columns = 100, rows = 30 }: TerminalOptions) {
    const [file, ...args] = command;
    this.env = env;
    const size = { cols: columns, rows };
    this.#screen = new xterm.Terminal({ ...size, allowProposedApi: true, scrollback: 1000 });
    this.#screen.parser.registerOscHandler(52, (data) => {
      const text = Buffer.from(data.replace(/^[a-z]*;/, ""), "base64").toString();
      this.#clipboard = [...this.#clipboard, text];
      return true;
    });
    for (const final of ["h", "l"]) {
      this.#screen.parser.registerCsiHandler({ prefix: "?", final }, (modes) => {
        if (modes.includes(SYNCHRONIZED)) this.#before = final === "h" ? this.#rows() : undefined;
        return false;
      });
    }
    const held = Object.entries({ TERM: "xterm-256color", LANG: "C.UTF-8", ...env }).filter(
      (one): one is [string, string] => one[1] !== undefined,
    );
    this.#pty = pty.spawn(file, args, { ...size, name: "xterm-256color", cwd, env: Object.fromEntries(held) });
    this.#pty.onData((text) => {
      this.#stream += text;
      this.#screen.write(text, () => {
        for (const look of this.#lookers) look();
      });
    });
    this.#stopReading = readToTheEnd(this.#pty);
    this.#ended = new Promise((resolve) =>
      this.#pty.onExit(({ exitCode, signal }) => {
        // What was read is drawn later.
        this.#screen.write("", () => resolve({ code: exitCode, signal: signal ?? 0 }));
      }),
    );
  }

  get pid(): number {
    return this.#pty.pid;
  }

  /** Everything the program has sent. */
  get stream(): string {
    return this.#stream;
  }

  /** What was put into the clipboard, one after the other. */
  get clipboard(): readonly string[] {
    return this.#clipboard;
  }

  /** Whether the screen for programs that take all of it is shown, rather than the one with the history. */
  get isAlternate(): boolean {
    return this.#screen.buffer.active.type === "alternate";
  }

  /** The modes that a program has switched on. */
  get modes(): { readonly mouse: string; readonly paste: boolean } {
    const { mouseTrackingMode, bracketedPasteMode } = this.#screen.modes;
    return { mouse: mouseTrackingMode, paste: bracketedPasteMode };
  }

  /** The rows of the screen, without blanks at their ends; never those of a frame that is half drawn. */
  lines(): readonly string[] {
    return this.#before ?? this.#rows();
  }

  #rows(): readonly string[] {
    const { active } = this.#screen.buffer;
    return Array.from(
      { length: this.#screen.rows },
      (_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? "",
    );
  }

  /** The screen as text, a row a line. */
  text(): string {
    return this.lines().join("\n").trimEnd();
  }

  /** The colours and weights of a row's cells, as xterm has them: 0 is none. */
  isStyled(
    row: number,
    column: number,
  ): { readonly colour: boolean; readonly inverse: boolean; readonly bold: boolean } {
    const cell = this.#screen.buffer.active.getLine(row)?.getCell(column);
    return {
      colour: cell !== undefined && !cell.isFgDefault(),
      inverse: (cell?.isInverse() ?? 0) !== 0,
      bold: (cell?.isBold() ?? 0) !== 0,
    };
  }

  /** Types a text as it is. */
  type(text: string): void {
    this.#pty.write(text);
  }

  /** Presses keys that have names, one after the other. */
  press(...keys: readonly (keyof typeof KEYS)[]): void {
    for (const key of keys) this.#pty.write(KEYS[key]);
  }

  /** Presses the left button, and lets it go; the first row and column are 0. */
  click(row: number, column = 5): void {
    this.#pty.write(`\u001b[<0;${column + 1};${row + 1}M\u001b[<0;${column + 1};${row + 1}m`);
  }

  /** Turns the wheel by one notch. */
  wheel(direction: "up" | "down"): void {
    this.#pty.write(`\u001b[<${direction === "up" ? 64 : 65};5;5M`);
  }

  /** Pastes a text, as a terminal does where the program marks pastes. */
  paste(text: string): void {
    this.#pty.write(`\u001b[200~${text}\u001b[201~`);
  }

  resize(columns: number, rows: number): void {
    this.#screen.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  /** Waits until the screen shows something, or several things at once. */
  shows(...wanted: readonly (string | RegExp)[]): Promise<void> {
    const areIn = (text: string): boolean => wanted.every((one) => isIn(text, one));
    return this.until(() => areIn(this.text()), `show ${wanted.map(String).join(" and ")}`);
  }

  /** Waits until the screen no longer shows something. */
  showsNo(unwanted: string | RegExp): Promise<void> {
    return this.until(() => !isIn(this.text(), unwanted), `no longer show ${String(unwanted)}`);
  }

  /** Waits until something holds of the screen, looking whenever it has changed. */
  until(holds: () => boolean, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.#lookers.delete(look);
        reject(new Error(`The screen did not ${what}:\n${this.text()}`));
      }, TIMEOUT_MS);
      const look = (): void => {
        if (!holds()) return;
        clearTimeout(late);
        this.#lookers.delete(look);
        resolve();
      };
      this.#lookers.add(look);
      look();
    });
  }

  /** Waits for the end of the program, and until all that it sent is on the screen. */
  ended(): Promise<Exit> {
    return this.#ended;
  }

  kill(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal);
  }

  /** Ends the program if it still runs: of one whose terminal was closed, `ended` may never tell. */
  stop(): void {
    try {
      this.kill("SIGKILL");
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== "ESRCH") throw thrown;
    }
  }

  /** Closes the terminal, as its window is closed: what runs in it gets SIGHUP, and can neither read nor write. */
  close(): void {
    this.#stopReading();
    (this.#pty as IPty & { destroy(): void }).destroy();
  }
}
