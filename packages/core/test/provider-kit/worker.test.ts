import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it, onTestFinished, vi } from "vitest";
import { askWorker, findWorker, runWorker, startWorker, type WorkerFile } from "../../src/provider.ts";

const FILE: WorkerFile = {
  module: import.meta,
  source: "./worker-thread.ts",
  bundled: "./thread.js",
  package: "@vaultlink/provider-x",
  needs: "This SDK",
};
const FAILURE = "The thread that asks failed.";
const FAILED = { code: "internal", message: FAILURE };
const program = findWorker(FILE);
const controller = new AbortController();
const question = { signal: controller.signal, failure: FAILURE };
const run = <Answer>(job: string, more: Partial<Parameters<typeof runWorker>[2]> = {}): Promise<Answer> =>
  runWorker<Answer>(program, { env: {}, data: { job } }, { ...question, ...more });

let workers: ReturnType<typeof startWorker>[] = [];
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.terminate()));
  workers = [];
});
function start(): ReturnType<typeof startWorker> {
  const worker = startWorker(program, { env: {} });
  workers.push(worker);
  return worker;
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "vaultlink-worker-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

it.each([undefined, "", "file:///nowhere/app/bundle.js", "https://example.com/bundle.js"])(
  "says what to do where its program is not beside %j",
  (url) => {
    expect(() => findWorker({ ...FILE, module: url === undefined ? {} : { url } })).toThrow(
      expect.objectContaining({
        code: "invalid_config",
        message: "This SDK needs a file that is not beside this bundle: keep @vaultlink/provider-x external.",
        details: { hint: "keep @vaultlink/provider-x external in the bundler's options" },
      }),
    );
  },
);

it("sees the variables that it is given, and no others", async () => {
  const env = { VLCANARY_ONE: "1", VLCANARY_NONE: undefined };
  const bundled = { url: program.url, execArgv: program.execArgv };
  const answer = await runWorker(bundled, { env, data: { job: "env" } }, question);
  expect(answer).toEqual({ type: "env", env: { VLCANARY_ONE: "1" } });
});

it("finds what Node keeps of compiled sources where the process has it, in sources alone", async () => {
  const kept = await temporaryFolder();
  vi.stubEnv("NODE_COMPILE_CACHE", kept);
  onTestFinished(() => void vi.unstubAllEnvs());
  const answer = await runWorker(findWorker(FILE), { env: {}, data: { job: "env" } }, question);
  expect(answer).toEqual({ type: "env", env: { NODE_COMPILE_CACHE: kept } });
  expect(await readdir(kept)).not.toEqual([]);
});

it("is answered what it asks back, and fails with whoever does not answer", async () => {
  const reply = (message: unknown): Promise<unknown> | undefined =>
    (message as { readonly type: string }).type === "ask" ? Promise.resolve("123456") : undefined;
  expect(await run("ask", { reply })).toEqual({ type: "typed", typed: "123456" });
  const declined = Object.assign(new Error("vlcanary-declined"), {});
  await expect(run("ask", { reply: () => Promise.reject(declined) })).rejects.toMatchObject(FAILED);
});

it("fails with a fixed sentence where it ends without an answer", async () => {
  await expect(run("die")).rejects.toMatchObject(FAILED);
  await expect(run("throw")).rejects.toMatchObject(FAILED);
});

it("ends with the signal, and does not start after it", async () => {
  const gone = new AbortController();
  const waiting = run("hang", { signal: gone.signal });
  gone.abort();
  await expect(waiting).rejects.toMatchObject({ code: "aborted", message: "The call was cancelled." });
  await expect(run("env", { signal: gone.signal })).rejects.toMatchObject({ code: "aborted" });
});

it("shows nothing of what it prints", async () => {
  const worker = start();
  const printed = Promise.all([once(worker.stdout, "data"), once(worker.stderr, "data")]);
  expect(await askWorker(worker, { ...question, message: { job: "print" } })).toEqual({ type: "printed" });
  // It is kept for nobody, instead of going to this process's own streams.
  expect(String((await printed)[0][0])).toBe("vlcanary-printed\n");
});

it("answers one question after another, leaves no listener behind, and may end while nobody waits", async () => {
  const worker = start();
  const before = worker.listenerCount("message");
  for (let index = 0; index < 3; index++) {
    expect(await askWorker(worker, { ...question, message: { job: "env" } })).toMatchObject({ type: "env" });
  }
  expect(worker.listenerCount("message")).toBe(before);
  const end = new Promise((resolve) => worker.once("exit", resolve));
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
  worker.postMessage({ job: "throw" });
  await end;
});
