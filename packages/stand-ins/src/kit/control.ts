import type { IncomingMessage, ServerResponse } from "node:http";
import type { FaultSpec } from "./fault.ts";
import { isOwnHost, listen, type Listener } from "./listen.ts";
import { readBody } from "./read-body.ts";
import type { Server } from "./server.ts";

/** A vendor's run-time controls by name. Arguments arrive as JSON; what they return leaves as JSON. */
export type Commands = Readonly<Record<string, (...args: never[]) => unknown>>;

/**
 * Serves the run-time controls on a port of their own, so that no fault hits them.
 *
 * `GET /log`, `POST /log/clear`, `POST /fault` with a fault, `POST /faults/clear`,
 * `GET /clock`, `POST /clock` with `{ "advance": ms }`, and `POST /do/<command>` with a list of arguments.
 */
export async function serveControl(server: Server, commands: Commands, port?: number): Promise<Listener> {
  const listener = await listen(
    (request, response) => {
      handle(request, listener.port, server, commands).then(
        ({ status, body }) => answer(response, status, body),
        (error: unknown) =>
          answer(response, 400, { error: error instanceof Error ? error.message : "It did not work." }),
      );
    },
    port === undefined ? {} : { port },
  );
  return listener;
}

interface Outcome {
  readonly status: number;
  readonly body: unknown;
}

async function handle(request: IncomingMessage, port: number, server: Server, commands: Commands): Promise<Outcome> {
  // Only programs on this machine may steer, never a page in somebody's browser.
  if (!isOwnHost(request.headers.host, port) || request.headers.origin !== undefined) return { status: 403, body: {} };
  const text = await readBody(request);
  const input: unknown = text === "" ? undefined : JSON.parse(text);
  const path = request.url ?? "/";
  const own = builtIn(`${request.method} ${path}`, input, server);
  if (own !== undefined) return { status: 200, body: own };
  const name = /^\/do\/(\w+)$/.exec(path)?.[1];
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (request.method !== "POST" || !command) return { status: 404, body: { error: "There is no such control." } };
  const result = await command(...((input ?? []) as never[]));
  return { status: 200, body: { result } };
}

function builtIn(what: string, input: unknown, server: Server): unknown {
  const { log, clock } = server;
  switch (what) {
    case "GET /log":
      return { requests: log.requests, writes: log.writes, counts: log.counts };
    case "POST /log/clear":
      log.clear();
      return {};
    case "POST /fault":
      server.fault(input as FaultSpec);
      return {};
    case "POST /faults/clear":
      server.clearFaults();
      return {};
    case "POST /clock":
      clock.advance(Number((input as { advance?: unknown } | undefined)?.advance ?? 0));
      return { now: clock.now() };
    case "GET /clock":
      return { now: clock.now() };
    default:
      return undefined;
  }
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
