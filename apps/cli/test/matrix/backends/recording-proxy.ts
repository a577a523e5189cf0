import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { ANSWER_AFTER_MS } from "./counter.ts";

/** What one request does. */
export interface Described {
  readonly operation: string;
  readonly isRead: boolean;
  readonly isWrite: boolean;
}

/** Before a real server: it writes down what passes, and can be made to fail. */
export interface RecordingProxy {
  readonly url: string;
  reads(): number;
  requests(): readonly string[];
  writes(): number;
  sever(): void;
  mend(): void;
  delayNextRead(): void;
  stop(): Promise<void>;
}

/** Passes everything on to `target` on loopback, unchanged. */
export async function recordingProxy(
  target: string,
  describe: (asked: {
    readonly method: string;
    readonly path: string;
    readonly headers: IncomingMessage["headers"];
  }) => Described,
): Promise<RecordingProxy> {
  const seen: Described[] = [];
  let isSevered = false;
  let isSlow = false;
  const server = createServer((incoming, outgoing) => {
    const { method = "GET", url = "/", headers } = incoming;
    const described = describe({ method, path: url.split("?")[0] ?? url, headers });
    seen.push(described);
    if (isSevered) return void outgoing.destroy();
    const afterMs = isSlow && described.isRead ? ANSWER_AFTER_MS : 0;
    if (afterMs > 0) isSlow = false;
    void buffer(incoming).then((body) => {
      const about = { method, headers: { ...headers, host: new URL(target).host } };
      const onward = request(new URL(url, target), about, (answer) => {
        void Promise.all([buffer(answer), afterMs > 0 ? delay(afterMs) : undefined]).then(([bytes]) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          outgoing.end(bytes);
        });
      });
      onward.once("error", () => outgoing.destroy());
      onward.end(body);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    reads: () => seen.filter(({ isRead }) => isRead).length,
    requests: () => seen.map(({ operation }) => operation),
    writes: () => seen.filter(({ isWrite }) => isWrite).length,
    sever: () => void (isSevered = true),
    mend: () => void (isSevered = false),
    delayNextRead: () => void (isSlow = true),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
