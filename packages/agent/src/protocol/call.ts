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
  | "events"
  | "version";

/** The version of the protocol that brought each. */
const SINCE: Readonly<Record<Operation, number>> = {
  ping: 0,
  stop: 0,
  resolve: 1,
  open: 1,
  list: 1,
  status: 1,
  reset: 1,
  ttl: 1,
  disconnect: 1,
  logout: 1,
  events: 1,
  version: 2,
};

/** Whether a version of the protocol has an operation of this name. */
export function isOperation(text: unknown, version: number): text is Operation {
  return typeof text === "string" && Object.hasOwn(SINCE, text) && SINCE[text as Operation] <= version;
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
