import type { IncomingMessage, ServerResponse } from "node:http";
import type { Backend, Call } from "./backend.ts";
import type { Clock } from "./clock.ts";
import { createFaults, type FaultBook, type FaultHandle, type FaultSpec, isSpoiling } from "./fault.ts";
import { isOwnHost, listen, type ListenOptions } from "./listen.ts";
import { createLog, type LogBook, type RequestLog } from "./log.ts";
import { readBody } from "./read-body.ts";
import { replace } from "./replace.ts";
import { send, injectFault } from "./inject-fault.ts";

/** What every stand-in offers, whatever the vendor. */
export interface Server {
  /** `http://127.0.0.1:<port>`, or `https` */
  readonly url: string;
  readonly log: RequestLog;
  readonly clock: Clock;
  /** Makes matching requests go wrong. */
  fault(spec: FaultSpec): FaultHandle;
  clearFaults(): void;
  /** Ends every connection. Rejects if a writing call ever arrived or the stand-in had a defect: the test fails. */
  stop(): Promise<void>;
}

/** Serves one vendor's behaviour over HTTP. */
export async function serve(backend: Backend, clock: Clock, options: ListenOptions = {}): Promise<Server> {
  const log = createLog();
  const faults = createFaults();
  // A defect of the stand-in must not pass for a fault of the line.
  let defect: unknown;
  const listener = await listen((request, response) => {
    response.sendDate = false;
    response.setHeader("date", new Date(clock.now()).toUTCString());
    const own = isOwnHost(request.headers.host, listener.port, options.hosts);
    toCall(request).then(
      (call) =>
        (own ? handle(call, response, backend, log, faults) : refuse(call, response, log)).catch((error: unknown) => {
          defect ??= error;
          response.destroy();
        }),
      // The client went away before it had asked.
      () => response.destroy(),
    );
  }, options);
  return {
    url: listener.url,
    log,
    clock,
    fault: (spec) => faults.add(spec),
    clearFaults: () => faults.clear(),
    stop: async () => {
      await listener.close();
      if (defect !== undefined) throw new Error("The stand-in itself failed.", { cause: defect });
      if (log.writes.length === 0) return;
      const calls = log.writes.map(({ method, path }) => `${method} ${path}`).join(", ");
      throw new Error(`Writing calls reached a read-only vault: ${calls}`);
    },
  };
}

/** Turns away what was meant for another host. */
async function refuse(call: Call, response: ServerResponse, log: LogBook): Promise<void> {
  const { method, path } = call;
  log.open({ method, path, query: queryOf(call), route: "wrong-host", credential: "none", write: false, status: 421 });
  send(response, { status: 421 });
}

async function handle(
  call: Call,
  response: ServerResponse,
  backend: Backend,
  log: LogBook,
  faults: FaultBook,
): Promise<void> {
  const { method, path } = call;
  const description = backend.describe(call);
  const entry = log.open({ method, path, query: queryOf(call), ...description });
  response.once("finish", () => entry.status(response.statusCode));
  const fault = faults.take(method, path, description.route);
  if (!fault) return send(response, await backend.answer(call));
  entry.fault(fault.kind);
  if (isSpoiling(fault)) return injectFault(response, await backend.answer(call), fault);
  if (fault.when === "after") await backend.answer(call);
  return replace(response, call, backend, fault);
}

function queryOf(call: Call): readonly string[] {
  return [...new Set(call.query.keys())];
}

async function toCall(request: IncomingMessage): Promise<Call> {
  const url = request.url ?? "/";
  const at = url.indexOf("?");
  const search = at < 0 ? "" : url.slice(at);
  return {
    method: request.method ?? "GET",
    path: at < 0 ? url : url.slice(0, at),
    query: new URLSearchParams(search),
    search,
    headers: request.headers,
    body: await readBody(request),
  };
}
