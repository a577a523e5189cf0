import { type AwsStandIn, startAws, witness } from "@vaultlink/stand-ins";
import type { Fault } from "@vaultlink/testkit";

/** Endpoints that misbehave, each in one way, and the host to which one of them redirects. */
export interface FaultyEndpoints {
  /** Where each answers, or fails to. */
  readonly urls: Readonly<Record<ServerFault, string>>;
  requests(): number;
  writes(): number;
  readonly redirected: () => boolean;
  /** What arrived at the other host; credentials as the text `canary`. */
  sightings(canary: string): readonly string[];
  stop(): Promise<void>;
}

/** Faults of the server; the others are faults of the credentials. */
export type ServerFault = Exclude<Fault, "bad-credentials" | "lapse">;

/** Ms that the throttling endpoint asks to wait. */
export const THROTTLED_FOR_MS = 2000;

export async function startFaultyEndpoints(): Promise<FaultyEndpoints> {
  const other = await witness();
  const start = async (fault: Parameters<AwsStandIn["fault"]>[0]): Promise<AwsStandIn> => {
    const vault = await startAws();
    vault.fault(fault);
    return vault;
  };
  const servers = {
    hang: await start({ on: "*", kind: "hang" }),
    drop: await start({ on: "*", kind: "drop" }),
    html: await start({ on: "*", kind: "html" }),
    "empty-500": await start({ on: "*", kind: "empty", status: 500 }),
    redirect: await start({ on: "*", kind: "redirect", to: other.url }),
    throttle: await start({ on: "*", kind: "throttle", retryAfter: THROTTLED_FOR_MS / 1000 }),
  };
  const gone = await startAws();
  await gone.stop();
  const all = Object.values(servers);
  const urls = Object.fromEntries(Object.entries(servers).map(([fault, { url }]) => [fault, url]));
  return {
    urls: { ...(urls as Record<keyof typeof servers, string>), refuse: gone.url },
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
