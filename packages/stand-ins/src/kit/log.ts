import { matches } from "./match.ts";

/** One request. Holds no header, no body and no query value, so it can be printed. */
export interface LogEntry {
  readonly method: string;
  /** Percent-encoded, without the query. */
  readonly path: string;
  /** Names of the query's parameters. */
  readonly query: readonly string[];
  readonly route: string;
  readonly credential: string;
  readonly write: boolean;
  /** The fault that hit it, if one did. */
  readonly fault?: string;
  /** What was answered; absent while unanswered, and for ever if the line was cut before the headers. */
  readonly status?: number;
}

/** What arrived at a stand-in, in order. */
export interface RequestLog {
  readonly requests: readonly LogEntry[];
  /** Calls that would have changed the vault. `clear` does not forget them: `stop` rejects because of them. */
  readonly writes: readonly LogEntry[];
  /** Requests per operation. */
  readonly counts: Readonly<Record<string, number>>;
  /** How many requests a pattern matches; all without one. See `matches`. */
  count(pattern?: string): number;
  /** Starts counting anew. */
  clear(): void;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The log as the server fills it. */
export interface LogBook extends RequestLog {
  /** Notes a request; the returned functions complete it. */
  open(entry: LogEntry): { fault(name: string): void; status(status: number): void };
}

export function createLog(): LogBook {
  let requests: Mutable<LogEntry>[] = [];
  const writes: LogEntry[] = [];
  return {
    get requests() {
      return requests.map((entry) => ({ ...entry }));
    },
    get writes() {
      return [...writes];
    },
    get counts() {
      const counts: Record<string, number> = {};
      for (const { route } of requests) counts[route] = (counts[route] ?? 0) + 1;
      return counts;
    },
    count: (pattern = "*") =>
      requests.filter(({ method, path, route }) => matches(pattern, method, path, route)).length,
    clear: () => {
      requests = [];
    },
    open: (entry) => {
      const own: Mutable<LogEntry> = { ...entry };
      requests.push(own);
      if (own.write) writes.push(own);
      return {
        fault: (name) => {
          own.fault = name;
        },
        status: (status) => {
          own.status = status;
        },
      };
    },
  };
}
