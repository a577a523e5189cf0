import type { IncomingHttpHeaders } from "node:http";

/** One request, as a stand-in sees it. */
export interface Call {
  readonly method: string;
  /** As it was sent: percent-encoded, with a leading slash, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The query as it was sent, with its `?`, or `""`. */
  readonly search: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What goes back. A body is sent as it stands. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** What the log and the faults need to know before a request is answered. */
export interface Description {
  /** The vendor's operation, e.g. `kv2.read` or `secretsmanager.GetSecretValue`. */
  readonly route: string;
  /** Our own label of who asks, never a credential: `app`, `none`, `unknown`. */
  readonly credential: string;
  /** Whether the vendor's API would change something by it, beyond logins and leases. */
  readonly write: boolean;
}

/** One vendor's behaviour. The kit does the HTTP, the log and the faults around it. */
export interface Backend {
  /** Says what a request is, without doing it. */
  describe(call: Call): Description;
  /** Does it. */
  answer(call: Call): Answer | Promise<Answer>;
  /** How the vendor says "slow down". */
  throttled(call: Call): Answer;
  /** How the vendor words a failure with this status. */
  failure(call: Call, status: number): Answer;
}
