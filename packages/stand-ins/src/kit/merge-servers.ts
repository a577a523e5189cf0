import type { Clock } from "./clock.ts";
import type { LogEntry } from "./log.ts";
import type { Server } from "./server.ts";

/**
 * Several servers of one vendor, as one: what arrives at any of them is in one log, in the order of the servers, and a
 * fault hits whichever of them the request goes to. `times` counts at each of them.
 */
export function mergeServers(servers: readonly [Server, ...Server[]], clock: Clock): Server {
  const [{ url }] = servers;
  const all = (): readonly LogEntry[] => servers.flatMap(({ log }) => log.requests);
  return {
    url,
    clock,
    log: {
      get requests() {
        return all();
      },
      get writes() {
        return servers.flatMap(({ log }) => log.writes);
      },
      get counts() {
        const counts: Record<string, number> = {};
        for (const { route } of all()) counts[route] = (counts[route] ?? 0) + 1;
        return counts;
      },
      count: (pattern) => servers.reduce((sum, { log }) => sum + log.count(pattern), 0),
      clear: () => {
        for (const { log } of servers) log.clear();
      },
    },
    fault: (spec) => {
      const handles = servers.map((server) => server.fault(spec));
      return {
        get hits() {
          return handles.reduce((sum, { hits }) => sum + hits, 0);
        },
        clear: () => {
          for (const handle of handles) handle.clear();
        },
      };
    },
    clearFaults: () => {
      for (const server of servers) server.clearFaults();
    },
    stop: async () => {
      const outcomes = await Promise.allSettled(servers.map((server) => server.stop()));
      const failed = outcomes.find((outcome) => outcome.status === "rejected");
      if (failed) throw failed.reason;
    },
  };
}
