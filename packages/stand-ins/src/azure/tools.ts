import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder for `PATH` with an `az` that is not Azure's, and for the files that a platform gives its workloads. */
export interface AzureTools {
  readonly path: string;
  /** From now on `az` prints this token; `expiresAt` is in ms since the epoch. */
  azGives(token: string, expiresAt: number): Promise<void>;
  /** From now on `az` fails and says so. */
  azFails(says: string): Promise<void>;
  azHangs(): Promise<void>;
  /** From now on `az` notes among its starts what these variables hold, each in brackets, and fails. */
  azShows(...variables: readonly string[]): Promise<void>;
  /** How often `az` was started, and with which arguments. */
  azStarts(): Promise<readonly string[]>;
  /** Writes a file and returns where it is. */
  file(name: string, content: string): Promise<string>;
  remove(): Promise<void>;
}

/** Makes them; the caller removes them. */
export async function makeTools(): Promise<AzureTools> {
  const path = await mkdtemp(join(tmpdir(), "stand-ins-azure-"));
  const starts = join(path, "starts");
  const output = join(path, "output");
  const file = async (name: string, content: string): Promise<string> => {
    await writeFile(join(path, name), content);
    return join(path, name);
  };
  const program = async (body: string): Promise<void> => {
    await chmod(await file("az", `#!/bin/sh\necho "$*" >> "${starts}"\n${body}\n`), 0o755);
  };
  return {
    path,
    azGives: async (accessToken, expiresAt) => {
      const expires_on = Math.floor(expiresAt / 1000);
      await writeFile(output, JSON.stringify({ accessToken, expires_on, tokenType: "Bearer" }));
      await program(`exec /bin/cat "${output}"`);
    },
    azFails: async (says) => {
      await writeFile(output, says);
      await program(`/bin/cat "${output}" >&2\nexit 1`);
    },
    azHangs: () => program("exec /bin/sleep 60"),
    azShows: (...variables) =>
      program(`echo "shown ${variables.map((name) => `[$${name}]`).join(" ")}" >> "${starts}"\nexit 1`),
    azStarts: async () => (await readFile(starts, "utf8").catch(() => "")).split("\n").filter((line) => line !== ""),
    file,
    // A program that is just starting may still write there.
    remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }),
  };
}
