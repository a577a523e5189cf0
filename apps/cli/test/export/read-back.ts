import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { parse as parseDotenv } from "dotenv";
import { parse as parseYaml } from "yaml";
import { FORMATS, textOf } from "../../src/commands/export/formats.ts";
import { random } from "../mask/cases.ts";
import { makeValue } from "./values.ts";

/** Whoever reads a format: gives back names and values. */
export interface Reader {
  readonly format: string;
  /** The program, where it is one. */
  readonly program?: string;
  read(text: string): Readonly<Record<string, string>>;
}

const PRINT = `require("node:fs").writeFileSync(1, JSON.stringify(process.env))`;

/** A shell that reads the text and starts a program, which says what came of it. */
function shell(format: string, program: string, args: (file: string) => readonly string[]): Reader {
  return {
    format,
    program,
    read(text) {
      const folder = mkdtempSync(join(tmpdir(), "vaultlink-export-"));
      try {
        const file = join(folder, format === "powershell" ? "values.ps1" : "values.sh");
        const print = join(folder, "print.cjs");
        writeFileSync(print, PRINT);
        const call = format === "powershell" ? "& $env:NODE $env:PRINT" : '"$NODE" "$PRINT"';
        writeFileSync(file, `${text}\n${call}\n`);
        const env = {
          PATH: process.env["PATH"],
          HOME: folder,
          LC_ALL: "C.UTF-8",
          NODE: process.execPath,
          PRINT: print,
        };
        const { stdout, stderr, status } = spawnSync(program, args(file), { env, maxBuffer: 2 ** 28 });
        if (status !== 0) throw new Error(`${program} failed: ${stderr.toString().slice(0, 500)}`);
        return JSON.parse(stdout.toString()) as Record<string, string>;
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  };
}

/** The readers there are; of programs those that are installed. */
export const READERS: readonly Reader[] = [
  shell("shell", "sh", (file) => [file]),
  shell("shell", "bash", (file) => ["--norc", file]),
  shell("shell", "dash", (file) => [file]),
  shell("shell", "zsh", (file) => ["-f", file]),
  shell("shell", "ksh", (file) => [file]),
  shell("fish", "fish", (file) => ["--no-config", file]),
  shell("powershell", "pwsh", (file) => ["-NoProfile", "-NonInteractive", "-File", file]),
  { format: "dotenv", read: (text) => parseEnv(text) as Record<string, string> },
  { format: "dotenv", program: "the package dotenv", read: (text) => parseDotenv(text) },
  { format: "json", read: (text) => JSON.parse(text) as Record<string, string> },
  { format: "yaml", program: "the package yaml", read: (text) => parseYaml(text) as Record<string, string> },
  {
    format: "yaml",
    program: "the package yaml, as YAML 1.1",
    read: (text) => parseYaml(text, { version: "1.1" }) as Record<string, string>,
  },
  { format: "github", read: readGithub },
  { format: "docker", read: readDocker },
];

/** As GitHub documents the file: `name<<delimiter`, lines, the delimiter. */
function readGithub(text: string): Record<string, string> {
  const lines = text.split("\n");
  const read: Record<string, string> = {};
  for (let at = 0; at < lines.length - 1;) {
    const [name = "", delimiter = ""] = (lines[at] ?? "").split("<<");
    const end = lines.indexOf(delimiter, at + 1);
    read[name] = lines.slice(at + 1, end).join("\n");
    at = end + 1;
  }
  return read;
}

/** As Docker documents the file: what follows the first `=` is the value. */
function readDocker(text: string): Record<string, string> {
  const lines = text.split("\n").filter((line) => line !== "");
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}

/** What came of reading random values back. */
export interface ReadBack {
  readonly values: number;
  /** Values that the format refuses, and says so. */
  readonly refused: number;
  /** Those that came back as others, at most five. */
  readonly different: readonly { readonly value: string; readonly read: string | undefined }[];
}

const AT_ONCE = 500;

/** Writes so many random values, and has a reader read them. */
export function readBack(reader: Reader, count: number, seed: number): ReadBack {
  const { format: name } = reader;
  const format = FORMATS[name];
  if (format === undefined) throw new Error(`No format ${name}.`);
  const next = random(seed);
  const different: { value: string; read: string | undefined }[] = [];
  let refused = 0;
  for (let done = 0; done < count; done += AT_ONCE) {
    const values = new Map<string, string>();
    for (let at = 0; at < Math.min(AT_ONCE, count - done); at++) {
      const value = makeValue(next);
      if (isCarried(() => format.entry("NAME", value))) values.set(`V_${at}`, value);
      else refused++;
    }
    const came = reader.read(textOf(format, values));
    // PowerShell removes a variable that is set to nothing.
    const missing = name === "powershell" ? "" : undefined;
    for (const [one, value] of values) {
      const back = came[one] ?? missing;
      if (back !== value && different.length < 5) different.push({ value, read: back });
    }
  }
  return { values: count, refused, different };
}

function isCarried(write: () => void): boolean {
  try {
    write();
    return true;
  } catch {
    return false;
  }
}

/** Whether a program is installed; readers that are none always are. */
export const isThere = ({ program }: Reader): boolean =>
  program === undefined ||
  program.startsWith("the package") ||
  spawnSync(program, ["-c", "exit 0"]).error === undefined;
