import { type OnePasswordStandIn, startOnePassword, witness } from "@vaultlink/stand-ins";
import type { Fault } from "@vaultlink/testkit";

/** Faults of the server; the others are faults of the credentials. */
export type ServerFault = Exclude<Fault, "bad-credentials" | "lapse">;

/** Servers that misbehave, each in one way, and the host to which one of them redirects. */
export interface FaultyServers {
  /** Tokens for each. */
  readonly tokens: Readonly<Record<ServerFault, string>>;
  readonly requests: () => number;
  readonly writes: () => number;
  readonly redirected: () => boolean;
  /** What arrived at the other host; credentials as the text `canary`. */
  readonly sightings: (canary: string) => readonly string[];
  readonly stop: () => Promise<void>;
}

/** Ms that the throttling server asks to wait. */
export const THROTTLED_FOR_MS = 2000;

export async function startFaultyServers(): Promise<FaultyServers> {
  const other = await witness();
  const start = async (fault: Parameters<OnePasswordStandIn["fault"]>[0]): Promise<OnePasswordStandIn> => {
    const server = await startOnePassword();
    server.fault(fault);
    return server;
  };
  const servers = {
    hang: await start({ on: "*", kind: "hang" }),
    drop: await start({ on: "*", kind: "drop" }),
    html: await start({ on: "*", kind: "html" }),
    "empty-500": await start({ on: "*", kind: "empty", status: 500 }),
    redirect: await start({ on: "*", kind: "redirect", to: other.url }),
    throttle: await start({ on: "*", kind: "throttle", retryAfter: THROTTLED_FOR_MS / 1000 }),
  };
  const gone = await startOnePassword();
  await gone.stop();
  const all = Object.values(servers);
  const tokens = Object.fromEntries(Object.entries(servers).map(([fault, server]) => [fault, server.tokenOf("app")]));
  return {
    tokens: { ...(tokens as Record<keyof typeof servers, string>), refuse: gone.tokenOf("app") },
    requests: () => all.reduce((sum, { log }) => sum + log.count(), 0),
    writes: () => all.reduce((sum, { log }) => sum + log.writes.length, 0),
    redirected: () => servers.redirect.log.requests.some(({ status }) => status === 307),
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
