import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { AWS_SEED } from "../aws/seed.ts";
import { startChild } from "./child.ts";
import { findMoto } from "./find-moto.ts";

/** Somebody else's server of AWS's APIs: in memory, every credential welcome. */
export interface Moto {
  readonly url: string;
  /** Sends one call to Secrets Manager, as an administrator. Rejects if it is refused. */
  call(operation: string, input: object): Promise<unknown>;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 60_000;

/**
 * Starts a server on a port of loopback that it chooses itself, and waits until it listens.
 *
 * @throws Error if there is no program (see `findMoto`) or it does not come up.
 */
export async function startMoto(account: string, bin?: string): Promise<Moto> {
  const found = bin === undefined ? findMoto() : { bin };
  if ("missing" in found) throw new Error(found.missing);
  const child = await startChild(found.bin, ["-H", "127.0.0.1", "-p", "0"], {
    stderr: "pipe",
    env: { MOTO_ACCOUNT_ID: account, PYTHONDONTWRITEBYTECODE: "1", PYTHONUNBUFFERED: "1" },
  });
  try {
    const url = await listening(child.process);
    return { url, call: caller(url), stop: () => child.stop() };
  } catch (error) {
    await child.stop();
    throw error;
  }
}

/** The address it prints; what it prints after that, a line for each request, is thrown away. */
async function listening(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const failed = (): void => reject(new Error("moto did not come up."));
  const timer = setTimeout(failed, READY_WITHIN_MS);
  child.once("error", failed);
  child.once("exit", failed);
  createInterface({ input: child.stderr as Readable }).on("line", (line) => {
    const url = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1];
    if (url !== undefined) resolve(url);
  });
  return promise.finally(() => clearTimeout(timer));
}

function caller(url: string): Moto["call"] {
  // The region is taken from here; the signature is not looked at.
  const scope = `AKIAADMIN/20260101/${AWS_SEED.region}/secretsmanager/aws4_request`;
  const headers = {
    "content-type": "application/x-amz-json-1.1",
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
  };
  return async (operation, input) => {
    const response = await fetch(url, {
      method: "POST",
      headers: { ...headers, "x-amz-target": `secretsmanager.${operation}` },
      body: JSON.stringify(input),
    });
    const body: unknown = await response.json();
    if (!response.ok) throw new Error(`moto answered ${response.status} to ${operation}.`);
    return body;
  };
}
