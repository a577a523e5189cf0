import { type AzureStandIn, startAzure, witness } from "@vaultlink/stand-ins";
import type { Fault } from "@vaultlink/testkit";

/** Vaults that misbehave, each in one way, and the host to which one of them redirects. */
export interface FaultyVaults {
  /** Where each answers, or fails to. */
  readonly urls: Readonly<Record<ServerFault, string>>;
  /** Certificates to trust, PEM. */
  readonly cas: Readonly<Record<ServerFault, string>>;
  requests(): number;
  writes(): number;
  readonly redirected: () => boolean;
  /** What arrived at the other host; credentials as the text `canary`. */
  sightings(canary: string): readonly string[];
  stop(): Promise<void>;
}

/** Faults of the server; the others are faults of the credentials. */
export type ServerFault = Exclude<Fault, "bad-credentials" | "lapse">;

/** Ms that the throttling vault asks to wait. */
export const THROTTLED_FOR_MS = 2000;

export async function startFaultyVaults(): Promise<FaultyVaults> {
  const other = await witness();
  const start = async (fault: Parameters<AzureStandIn["fault"]>[0]): Promise<AzureStandIn> => {
    const standIn = await startAzure();
    standIn.fault(fault);
    return standIn;
  };
  const servers = {
    hang: await start({ on: "secrets.*", kind: "hang" }),
    drop: await start({ on: "secrets.*", kind: "drop" }),
    html: await start({ on: "secrets.*", kind: "html" }),
    "empty-500": await start({ on: "secrets.*", kind: "empty", status: 500 }),
    redirect: await start({ on: "secrets.*", kind: "redirect", to: other.url }),
    throttle: await start({ on: "secrets.*", kind: "throttle", retryAfter: THROTTLED_FOR_MS / 1000 }),
  };
  const gone = await startAzure();
  await gone.stop();
  const all = Object.values(servers);
  const byFault = (of: (standIn: AzureStandIn) => string): Readonly<Record<ServerFault, string>> => ({
    ...(Object.fromEntries(Object.entries(servers).map(([fault, standIn]) => [fault, of(standIn)])) as Record<
      keyof typeof servers,
      string
    >),
    refuse: of(gone),
  });
  return {
    urls: byFault(({ url }) => url),
    cas: byFault(({ ca }) => ca),
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
