/** What a request names. `ping` and `stop` exist in every version of the protocol. */
export type Operation =
  | "ping"
  | "stop"
  | "resolve"
  | "open"
  | "list"
  | "status"
  | "reset"
  | "ttl"
  | "disconnect"
  | "logout"
  | "events";

const OPERATIONS: ReadonlySet<string> = new Set<Operation>([
  "ping",
  "stop",
  "resolve",
  "open",
  "list",
  "status",
  "reset",
  "ttl",
  "disconnect",
  "logout",
  "events",
]);

export function isOperation(text: unknown): text is Operation {
  return typeof text === "string" && OPERATIONS.has(text);
}

/** The number of a request: the same in everything said about it. */
export function isCallId(id: unknown): id is number {
  return typeof id === "number" && Number.isSafeInteger(id) && id > 0;
}

/** Something the agent needs of the person at the client. Each says for which connection. */
export type Prompt =
  | { readonly ask: { readonly label: string; readonly secret: boolean }; readonly connection: string }
  | { readonly openUrl: { readonly url: string }; readonly connection: string }
  | { readonly show: { readonly text: string }; readonly connection: string };
