import type { Stats } from "node:fs";
import { type Access, SecretError } from "@vaultlink/core";

/** Where an audit log is kept, and how much of it. */
export interface AuditOptions {
  /** Absolute path. Its folder is made if there is none; both are for this user only. */
  readonly file: string;
  /** Bytes; a file that is larger is renamed to `<file>.1`, and older ones to `.2` and so on. @default 5 MiB */
  readonly maxBytes?: number;
  /** How many renamed files are kept. @default 5 */
  readonly keep?: number;
  /** What reads: a command's name, or what a program calls itself. */
  readonly reader: string;
  /** Its process. @default this one */
  readonly pid?: number;
  /** Whether it reads through the agent. @default false */
  readonly throughAgent?: boolean;
}

const MAX_BYTES = 5 * 1024 * 1024;
const KEEP = 5;
const NO_OTHERS = 0o077;

/**
 * Makes what `onAccess` of a vault is given: it appends one line of JSON for each value that was given or refused, with the
 * time, the reader, its process, the agent's where it reads through one, the link's name, the reference and the outcome;
 * never a value. Several processes may write to one file. What it cannot write it throws as `invalid_config`, so that nothing is given unrecorded; so it does for a
 * file or folder that is another user's, or that others may read.
 */
export function createAudit(options: AuditOptions): (access: Access) => void {
  const { file, keep = KEEP, maxBytes = MAX_BYTES, reader, pid = process.pid, throughAgent = false } = options;
  if (!process.getBuiltinModule("node:path").isAbsolute(file)) {
    throw new SecretError("invalid_config", "The audit log's path must be absolute.");
  }
  return ({ at, ...access }) => {
    const who = { reader, pid, ...(throughAgent && { agent: process.pid }) };
    const line = JSON.stringify({ at: new Date(at).toISOString(), ...who, ...access });
    try {
      append(file, `${line}\n`, { keep, maxBytes });
    } catch (error) {
      if (error instanceof SecretError) throw error;
      const { code } = error as NodeJS.ErrnoException;
      throw new SecretError("invalid_config", "The audit log cannot be written, so nothing is given.", {
        hint: "check the audit log's folder and free space",
        ...(code !== undefined && { native: { code } }),
      });
    }
  };
}

function append(
  file: string,
  line: string,
  { keep, maxBytes }: { readonly keep: number; readonly maxBytes: number },
): void {
  const { closeSync, constants, fstatSync, mkdirSync, openSync, statSync, writeSync } =
    process.getBuiltinModule("node:fs");
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_WRONLY } = constants;
  const folder = process.getBuiltinModule("node:path").dirname(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  assertOwn(statSync(folder), "folder");
  for (;;) {
    const opened = openSync(file, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600);
    try {
      const found = fstatSync(opened);
      if (!found.isFile()) throw new SecretError("invalid_config", "The audit log is not a regular file.");
      assertOwn(found, "file");
      if (found.size === 0 || found.size + line.length <= maxBytes) {
        // One write of a file that is appended to: lines of several processes stay whole.
        writeSync(opened, line);
        return;
      }
      rotate(file, found, keep);
    } finally {
      closeSync(opened);
    }
  }
}

/** Renames a full file, unless another process has done so since it was opened. */
function rotate(file: string, full: Stats, keep: number): void {
  const { renameSync, rmSync, statSync } = process.getBuiltinModule("node:fs");
  if (statSync(file, { throwIfNoEntry: false })?.ino !== full.ino) return;
  if (keep === 0) return rmSync(file, { force: true });
  for (let number = keep - 1; number >= 0; number--) {
    try {
      renameSync(number === 0 ? file : `${file}.${number}`, `${file}.${number + 1}`);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
}

/** Throws `invalid_config` for what is another user's, or open to others. Windows has no such modes. */
function assertOwn({ mode, uid }: Stats, what: "file" | "folder"): void {
  if (process.platform === "win32") return;
  if (uid !== process.getuid?.()) throw new SecretError("invalid_config", `The audit log's ${what} is another user's.`);
  if ((mode & NO_OTHERS) === 0) return;
  const hint = `chmod ${what === "file" ? "600" : "700"} the audit log's ${what}`;
  throw new SecretError("invalid_config", `The audit log's ${what} is open to other users.`, { hint });
}
