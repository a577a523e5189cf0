import type { ChildProcess } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { VAULT_SEED } from "../vault/seed.ts";
import { startChild } from "./child.ts";
import { findOpenBao } from "./find-openbao.ts";
import { twoFreePorts } from "./free-ports.ts";

/** What one administrator's call gave. */
export interface OpenBaoReply {
  readonly status: number;
  /** The parsed body; `undefined` if there is none. */
  readonly body: unknown;
}

/** A real server in development mode: in memory, unsealed, one root token. */
export interface OpenBao {
  readonly url: string;
  readonly rootToken: string;
  /** Sends one request to `/v1/<path>`, as root unless another token is given. */
  call(
    method: string,
    path: string,
    body?: unknown,
    token?: string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<OpenBaoReply>;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 30_000;

/**
 * Starts a server on two free ports of loopback and waits until it answers.
 *
 * @throws Error if there is no program (see `findOpenBao`) or it does not come up.
 */
export async function startOpenBao(bin?: string): Promise<OpenBao> {
  const found = bin === undefined ? findOpenBao() : { bin };
  if ("missing" in found) throw new Error(found.missing);
  const port = await twoFreePorts();
  const url = `http://127.0.0.1:${port}`;
  const { rootToken } = VAULT_SEED;
  const flags = [
    "-dev",
    "-dev-no-store-token",
    `-dev-root-token-id=${rootToken}`,
    `-dev-listen-address=127.0.0.1:${port}`,
  ];
  const child = await startChild(found.bin, ["server", ...flags], { stderr: "ignore" });
  try {
    await untilReady(url, child.process);
  } catch (error) {
    await child.stop();
    throw error;
  }
  return { url, rootToken, call: caller(url, rootToken), stop: () => child.stop() };
}

function caller(url: string, rootToken: string): OpenBao["call"] {
  return async (method, path, body, token = rootToken, headers = {}) => {
    const response = await fetch(`${url}/v1/${path}`, {
      method,
      redirect: "manual",
      headers: { "x-vault-token": token, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
  };
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const failed = new AbortController();
  child.once("error", () => failed.abort());
  child.once("exit", () => failed.abort());
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline && !failed.signal.aborted) {
    const answer = await fetch(`${url}/v1/sys/health`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.status === 200) return;
    await delay(50);
  }
  throw new Error("OpenBao did not come up.");
}
