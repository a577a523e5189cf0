import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { startChild } from "./child.ts";
import { type DevTools, openDevTools } from "./dev-tools.ts";
import { findChromium } from "./find-chromium.ts";
import { openPage, type Page } from "./page.ts";

/** A real browser without a window. */
export interface Chromium {
  /** Opens an address in a new page. */
  open(url: string): Promise<Page>;
  /** Ends it; nothing of it remains, on the disk either. */
  stop(): Promise<void>;
}

/** It talks to nobody but the pages it is sent to. */
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--remote-debugging-port=0",
];
const READY_WITHIN_MS = 60_000;
const ENDED_WITHIN_MS = 10_000;

/**
 * Starts a browser with a new empty profile.
 *
 * @throws Error if there is no program (see `findChromium`) or it does not come up.
 */
export async function startChromium(): Promise<Chromium> {
  const found = findChromium();
  if ("missing" in found) throw new Error(found.missing);
  const home = await mkdtemp(join(tmpdir(), "real-chromium-"));
  const temporary = join(home, "tmp");
  await mkdir(temporary);
  const flags = [...FLAGS, `--user-data-dir=${join(home, "profile")}`];
  const child = await startChild(found.bin, flags, { stderr: "pipe", env: { TMPDIR: temporary } });
  let tools: DevTools | undefined;
  const stop = async (): Promise<void> => {
    // Asked to, it ends its helpers too; killed, it would leave them a moment to write in.
    if (tools !== undefined && child.process.exitCode === null) {
      const ended = once(child.process, "exit", { signal: AbortSignal.timeout(ENDED_WITHIN_MS) });
      tools.send("Browser.close").catch(() => undefined);
      await ended.catch(() => undefined);
    }
    await child.stop();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const opened = await openDevTools(await findAddress(child.process));
    tools = opened;
    return { open: (url) => openPage(opened, url), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Where it takes orders: it says so itself, in the first lines of its log. */
async function findAddress(browser: ChildProcess): Promise<string> {
  if (browser.stderr === null) throw new Error("Chromium's log cannot be read.");
  const lines = createInterface({ input: browser.stderr });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const fail = (): void => reject(new Error("Chromium did not come up."));
  const timer = setTimeout(fail, READY_WITHIN_MS);
  browser.once("exit", fail);
  // Goes on to the end, since a full pipe would stop the browser.
  lines.on("line", (line) => {
    const address = /^DevTools listening on (ws:\/\/127\.0\.0\.1:\S+)$/.exec(line)?.[1];
    if (address !== undefined) resolve(address);
  });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    browser.off("exit", fail);
  }
}
