import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Terminal } from "@vaultlink/test-support/terminal";
import { type Known, knownFrom } from "./known.ts";

const MAIN = fileURLToPath(new URL("../../apps/cli/src/main.ts", import.meta.url));

/** Something that was typed, as the page tells of it. */
export interface Typed {
  readonly text: string;
  readonly known: Known;
}

/** What a person did at a terminal, and what they saw. */
export interface Recorded {
  readonly typed: readonly Typed[];
  readonly screen: string;
}

/** A person at a shell that has the command and knows nothing of it. */
export class Session {
  readonly #terminal: Terminal;
  readonly #folder: string;
  readonly #typed: Typed[] = [];

  private constructor(terminal: Terminal, folder: string) {
    this.#terminal = terminal;
    this.#folder = folder;
  }

  /** Opens a shell in an empty home. `env` says where the stand-ins are, and nothing of who asks. */
  static async open(env: Readonly<Record<string, string>>): Promise<Session> {
    const folder = await mkdtemp("/tmp/vaultlink-session-");
    await mkdir(join(folder, "run"), { mode: 0o700 });
    await mkdir(join(folder, "shop"));
    const path = `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`;
    const terminal = new Terminal({
      command: ["bash", "--norc", "--noprofile"],
      cwd: join(folder, "shop"),
      env: {
        ...{ PATH: path, HOME: folder, XDG_RUNTIME_DIR: join(folder, "run"), VAULTLINK_AGENT: "on", PS1: "$ " },
        ...{ "BASH_FUNC_vaultlink%%": `() { '${process.execPath}' --conditions=source '${MAIN}' "$@"; }`, ...env },
      },
      columns: 100,
      rows: 200,
    });
    await terminal.shows(/^\$/m);
    return new Session(terminal, folder);
  }

  get folder(): string {
    return this.#folder;
  }

  /** Types a line at the shell, once it takes one. The first is the only one to know; what the screen never showed is guessed. */
  async command(text: string): Promise<void> {
    await this.prompts();
    const known = this.#typed.length === 0 ? "the only line to know" : knownFrom(this.#terminal.text(), text);
    this.#typed.push({ text, known });
    this.#terminal.type(text);
    await this.#terminal.shows(`$ ${text}`);
    this.#terminal.press("enter");
    await this.#terminal.until(() => this.#lastLine() !== `$ ${text}`, "run it");
  }

  /** Answers a question once it is asked; `shown`: how the page writes what is secret. */
  async answer(question: string | RegExp, text: string, shown: string = text): Promise<void> {
    await this.#terminal.shows(question);
    this.#typed.push({ text: shown, known: "asked, and known: the address or the password" });
    this.#terminal.type(text);
    this.#terminal.press("enter");
  }

  /** Chooses what is offered under a question, going down to it. */
  async choose(question: string | RegExp, label: string): Promise<void> {
    await this.#terminal.shows(question);
    for (let turn = 0; !this.#selected().includes(`● ${label}`); turn++) {
      const before = this.#selected();
      if (turn > 50) throw new Error(`There is no choice ${label}:\n${this.#terminal.text()}`);
      this.#terminal.press("down");
      await this.#terminal.until(() => this.#selected() !== before, "move down");
    }
    this.#typed.push({ text: label, known: "offered to choose from" });
    this.#terminal.press("enter");
  }

  /** Waits for something that is said. */
  shows(text: string | RegExp): Promise<void> {
    return this.#terminal.shows(text);
  }

  /** Waits until the shell takes the next line. */
  prompts(): Promise<void> {
    return this.#terminal.until(() => this.#lastLine() === "$", "show a prompt");
  }

  /** What there was to see; what differs each time is replaced. */
  recorded(replaced: readonly (readonly [string | RegExp, string])[]): Recorded {
    let screen = this.#terminal.text().replace(/\n\$ *$/, "");
    for (const [text, instead] of [...replaced, [this.#folder, "/home/ada"] as const]) {
      screen = screen.replaceAll(typeof text === "string" ? text : new RegExp(text, "g"), instead);
    }
    return { typed: this.#typed, screen: screen.replaceAll(/ +$/gm, "") };
  }

  /** Ends the agent and the shell, and removes the home. */
  async close(): Promise<void> {
    this.#terminal.type("\u0003vaultlink agent stop; exit\r");
    await this.#terminal.ended();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #lastLine(): string | undefined {
    return this.#terminal.text().split("\n").at(-1)?.trimEnd();
  }

  /** The choice that Enter would take. */
  #selected(): string {
    return this.#terminal.lines().findLast((line) => line.includes("● ")) ?? "";
  }
}
