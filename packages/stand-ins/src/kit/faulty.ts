import type { FaultSpec } from "./fault.ts";
import type { Server } from "./server.ts";
import { witness } from "./witness.ts";

/** Ms that the throttling server asks to wait. */
export const THROTTLED_FOR_MS = 2000;

/** Stand-ins of one vendor that misbehave, each in one way, and the host to which one of them redirects. */
export interface FaultyServers<Kind extends Server> {
  /** By fault. That of `refuse` has stopped already. */
  readonly servers: Readonly<Record<"refuse" | "hang" | "drop" | "html" | "empty-500" | "redirect" | "throttle", Kind>>;
  readonly requests: () => number;
  readonly writes: () => number;
  readonly redirected: () => boolean;
  /** What arrived at the other host; credentials as the text `canary`. */
  readonly sightings: (canary: string) => readonly string[];
  readonly stop: () => Promise<void>;
}

/** Starts them. `on` says for which routes they misbehave. */
export async function startFaulty<Kind extends Server>(
  start: () => Promise<Kind>,
  on = "*",
): Promise<FaultyServers<Kind>> {
  const other = await witness();
  const failing = async (fault: FaultSpec): Promise<Kind> => {
    const server = await start();
    server.fault(fault);
    return server;
  };
  const misbehaving = {
    hang: await failing({ on, kind: "hang" }),
    drop: await failing({ on, kind: "drop" }),
    html: await failing({ on, kind: "html" }),
    "empty-500": await failing({ on, kind: "empty", status: 500 }),
    redirect: await failing({ on, kind: "redirect", to: other.url }),
    throttle: await failing({ on, kind: "throttle", retryAfter: THROTTLED_FOR_MS / 1000 }),
  };
  const refuse = await start();
  await refuse.stop();
  const all = Object.values(misbehaving);
  return {
    servers: { ...misbehaving, refuse },
    requests: () => all.reduce((sum, { log }) => sum + log.count(), 0),
    writes: () => all.reduce((sum, { log }) => sum + log.writes.length, 0),
    redirected: () => misbehaving.redirect.log.requests.some(({ status }) => status === 307),
    sightings: (canary) =>
      other.sightings.map(
        ({ method, path, credentials, canary: seen }) =>
          `${method} ${path} ${credentials.join(" ")}${seen || credentials.length > 0 ? canary : ""}`,
      ),
    stop: async () => {
      await Promise.all([other, ...all].map((server) => server.stop()));
    },
  };
}
