import type { ChildProcess } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { Agent, request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

/** The files of a server that speaks TLS. Its own certificate serves a client as well. */
export interface OpenBaoFiles {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** A real server in development mode: in memory, unsealed, one root token. */
export interface OpenBao {
  readonly url: string;
  readonly rootToken: string;
  /** Only of a server that speaks TLS. */
  readonly files?: OpenBaoFiles;
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
 * Starts a server on two free ports of loopback and waits until it answers. With `tls` it makes certificates of its own.
 *
 * @throws Error if there is no program (see `findOpenBao`) or it does not come up.
 */
export async function startOpenBao(bin?: string, { tls = false }: { readonly tls?: boolean } = {}): Promise<OpenBao> {
  const found = bin === undefined ? findOpenBao() : { bin };
  if ("missing" in found) throw new Error(found.missing);
  const port = await twoFreePorts();
  const url = `${tls ? "https" : "http"}://127.0.0.1:${port}`;
  const { rootToken } = VAULT_SEED;
  const folder = tls ? await mkdtemp(join(tmpdir(), "real-server-tls-")) : undefined;
  const flags = [
    "-dev",
    "-dev-no-store-token",
    `-dev-root-token-id=${rootToken}`,
    `-dev-listen-address=127.0.0.1:${port}`,
    ...(folder === undefined ? [] : ["-dev-tls", `-dev-tls-cert-dir=${folder}`]),
  ];
  const child = await startChild(found.bin, ["server", ...flags], { stderr: "ignore" });
  const stop = async (): Promise<void> => {
    await child.stop();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  };
  const files = folder === undefined ? undefined : filesIn(folder);
  const send = files === undefined ? plainSend : secureSend(files.ca);
  try {
    await untilReady(send, url, child.process);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, rootToken, call: caller(send, url, rootToken), stop, ...(files && { files }) };
}

const filesIn = (folder: string): OpenBaoFiles => ({
  ca: join(folder, "vault-ca.pem"),
  cert: join(folder, "vault-cert.pem"),
  key: join(folder, "vault-key.pem"),
});

interface Sent {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}
type Send = (url: string, sent: Sent) => Promise<{ readonly status: number; readonly text: string }>;

const plainSend: Send = async (url, sent) => {
  const response = await fetch(url, { redirect: "manual", ...sent });
  return { status: response.status, text: await response.text() };
};

/** The server writes its certificate as it starts, so the file is read at each request. */
function secureSend(ca: string): Send {
  return async (url, { method, headers, body }) => {
    const agent = new Agent({ ca: await readFile(ca, "utf8") });
    const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>();
    request(url, { method, headers, agent }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    })
      .on("error", reject)
      .end(body);
    return promise.finally(() => agent.destroy());
  };
}

function caller(send: Send, url: string, rootToken: string): OpenBao["call"] {
  return async (method, path, body, token = rootToken, headers = {}) => {
    const { status, text } = await send(`${url}/v1/${path}`, {
      method,
      headers: { "x-vault-token": token, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status, body: text === "" ? undefined : JSON.parse(text) };
  };
}

async function untilReady(send: Send, url: string, child: ChildProcess): Promise<void> {
  const failed = new AbortController();
  child.once("error", () => failed.abort());
  child.once("exit", () => failed.abort());
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline && !failed.signal.aborted) {
    const answer = await send(`${url}/v1/sys/health`, { method: "GET", headers: {} }).catch(() => undefined);
    if (answer?.status === 200) return;
    await delay(50);
  }
  throw new Error("OpenBao did not come up.");
}
