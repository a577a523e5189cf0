import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** Takes what is to be done at the end: of a test, or of all. */
export type OnEnd = (work: () => Promise<void>) => void;

/** A folder of the test's own, gone afterwards. */
export async function temporaryFolder(onEnd: OnEnd = onTestFinished): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "vaultlink-test-")));
  onEnd(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
