import { Socket } from "node:net";
import { createInterface } from "node:readline";
import { SecretError } from "@vaultlink/core";
import { errorOf, type Request } from "./wire.ts";

/** The descriptor on which this process answers: what its provider prints goes elsewhere. */
const ANSWERS = 3;

/** Asks whoever started this process, while one of its requests waits. */
export type AskClient = (method: string, params: object) => Promise<Readonly<Record<string, unknown>>>;

/**
 * Answers each request that comes on standard input, until that ends: then the process does, too. Each answer tells how
 * many requests the vault was `sent` so far, where that is counted.
 */
export function answerRequests(
  answer: (request: Request, ask: AskClient) => Promise<unknown>,
  sent: () => number | undefined,
): void {
  const out = new Socket({ fd: ANSWERS, readable: false, writable: true });
  const running = new Map<number, AbortController>();
  const asked = new Map<number, { resolve: (result: Readonly<Record<string, unknown>>) => void; reject: () => void }>();
  let serial = 0;
  const send = (message: object): void => void out.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  const ask: AskClient = (method, params) =>
    new Promise((resolve, reject) => {
      const id = ++serial;
      asked.set(id, { resolve, reject: () => reject(new SecretError("aborted", "Signing in was cancelled.")) });
      send({ id, method, params });
    });
  out.on("error", () => process.exit(0));
  createInterface({ input: process.stdin })
    .on("line", (line) => void take(JSON.parse(line) as Taken))
    .once("close", () => process.exit(0));

  async function take({ id, method, params = {}, result, error, _meta: about }: Taken): Promise<void> {
    if (method === undefined) {
      const waiting = asked.get(id);
      asked.delete(id);
      return error === undefined ? waiting?.resolve(result ?? {}) : waiting?.reject();
    }
    if (method === "rpc.cancel") return running.get(Number(params["id"]))?.abort();
    const controller = new AbortController();
    running.set(id, controller);
    const deadline = about?.deadline_unix_ms ?? Date.now();
    const timer = setTimeout(() => controller.abort(), deadline - Date.now());
    try {
      const request = { id, method, params, signal: controller.signal, deadline };
      const given = (await answer(request, ask)) as object | undefined;
      send({ id, result: { ...given, requests: sent() } });
    } catch (thrown) {
      send({ id, error: errorOf(thrown, sent()) });
    } finally {
      clearTimeout(timer);
      running.delete(id);
    }
  }
}

/** A message of the client: a request, or an answer to one of ours. */
interface Taken {
  readonly id: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: object;
  readonly _meta?: { readonly deadline_unix_ms: number };
}
