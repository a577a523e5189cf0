import { CANARY, misbehave, type ServerFault } from "./fault.ts";
import { type Listener, listen } from "./listen.ts";
import type { StandInRequest } from "./log.ts";
import { answer, type Answering } from "./routes.ts";

/** What all servers of one stand-in share. */
export interface Shared {
  readonly answering: Answering;
  readonly log: Array<StandInRequest>;
  readonly addresses: string[];
  /** The origin to which redirects lead. */
  readonly elsewhere: string;
}

/** One server of a stand-in. */
export interface Served extends Listener {
  /** Makes it misbehave from now on, or behave again. */
  misbehave(fault: ServerFault | undefined): void;
}

/** How far away the date is at which a vault may be asked again that begins to throttle, in ms. */
const LATER_MS = 60_000;

/** Serves the vault, with a fault or without, on a free port unless one is given. */
export async function serve(
  { answering, log, addresses, elsewhere }: Shared,
  initial?: ServerFault,
  port?: number,
): Promise<Served> {
  let fault = initial;
  let turn = 0;
  // Both ways of saying how long to wait: seconds from the start, a date after `open`.
  const isLater = initial === undefined;
  const listener = await listen((request, response, body) => {
    const { method = "GET", url = "/" } = request;
    addresses.push(url);
    const path = url.replace(/\?.*$/s, "");
    const { route, status, json, bytes, headers } = answer(request, body, answering);
    const entry = { method, path, route };
    if (fault === "bad-credentials" || fault === "lapse") {
      const refused = answering.statuses.unauthenticated ?? 401;
      log.push({ ...entry, status: refused, fault });
      response.writeHead(refused, { "content-type": "application/json" }).end(JSON.stringify({ detail: CANARY }));
    } else if (fault !== undefined) {
      log.push({ ...entry, status: 0, fault });
      misbehave(
        fault,
        request,
        response,
        elsewhere,
        turn++,
        isLater ? new Date(Date.now() + LATER_MS).toUTCString() : undefined,
      );
    } else {
      log.push({ ...entry, status });
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(bytes ?? JSON.stringify(json ?? {}));
    }
  }, port);
  return { ...listener, misbehave: (next) => void (fault = next) };
}
