import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { link, lstat, open, realpath, rename, unlink } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { Env } from "@vaultlink/core";
import { CliError, usage } from "../../failure.ts";
import { clean } from "../../output/clean.ts";
import { expectIgnored } from "./ignored.ts";

/** Where values are written. */
export interface OutputFile {
  /** As the person gave it. */
  readonly file: string;
  readonly cwd: string;
  readonly env: Env;
  /** Whether a file that is there is replaced. */
  readonly force: boolean;
}

const { O_CREAT, O_EXCL, O_WRONLY } = constants;
/** Windows has no such flag; there the name is random and exclusive. */
const O_NOFOLLOW = constants.O_NOFOLLOW ?? 0;

/** Throws `usage` or `forbidden` for a file that may not be written; to be asked before any vault is. */
export async function expectWritable(target: OutputFile): Promise<void> {
  await locate(target);
}

/**
 * Writes a file for its owner alone (mode 0600), at once or not at all, and not over another. Throws what `expectWritable`
 * does, and `output` for what the system refuses.
 */
export async function writeSecretFile(target: OutputFile, bytes: Uint8Array): Promise<void> {
  const path = await locate(target);
  const temporary = join(dirname(path), `.${basename(path)}.tmp-${randomBytes(8).toString("hex")}`);
  try {
    await create(temporary, bytes);
    if (target.force) await rename(temporary, path);
    // Unlike renaming, linking never replaces what came in the meantime.
    else await link(temporary, path);
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") throw exists(target.file);
    throw new CliError("output", `The file of --out could not be written (${code}).`);
  } finally {
    await unlink(temporary).catch(() => {});
  }
}

/** The file's path without symbolic links on the way to it. */
async function locate({ file, cwd, env, force }: OutputFile): Promise<string> {
  const wanted = resolve(cwd, file);
  const folder = await realpath(dirname(wanted)).catch(() => undefined);
  if (folder === undefined) throw usage("The folder of the file of --out does not exist.");
  const path = join(folder, basename(wanted));
  const about = await lstat(path).catch(() => undefined);
  if (about !== undefined && !about.isFile()) throw usage(`${clean(file)}: It is no regular file.`);
  if (about !== undefined && !force) throw exists(file);
  await expectIgnored(folder, basename(wanted), env);
  return path;
}

async function create(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY, 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const exists = (file: string): CliError => usage(`${clean(file)}: It exists already.`, "Add --force to replace it");
