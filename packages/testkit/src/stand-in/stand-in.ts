import type { MemoryVault } from "../memory/memory-state.ts";
import { memoryState } from "../memory/memory-vault.ts";
import type { Fault, LaterFault } from "../subject.ts";
import { STATUSES } from "./call.ts";
import { CANARY, type ServerFault, THROTTLED_FOR_MS } from "./fault.ts";
import { type Listener, listen } from "./listen.ts";
import type { StandInRequest } from "./log.ts";
import type { Answering, Routes } from "./routes.ts";
import { serve, type Served, type Shared } from "./serve.ts";

/** What a stand-in does beyond keeping documents. */
export interface StandInOptions {
  /** What it answers: route → what the route gives. One `*` in a route stands for anything, slashes included. */
  readonly routes: Routes;
  /** Statuses of this vault, where they are not 400, 401, 403, 404, 409 for what is unusable, and 429. */
  readonly statuses?: typeof STATUSES;
  /** The body of a refusal, as JSON. @default `{ error: code }`, and a text that must get into no error */
  readonly refusal?: Answering["refusal"];
  /** The token of a request. @default that of `authorization: Bearer …` */
  readonly tokenOf?: Answering["tokenOf"];
  /** The port of `url`, for one that is started again and again and shall stay where it is. @default a free one */
  readonly port?: number;
}

/** A vault over HTTP, in this process, for tests: with every fault, a host that must see no credential, and a log. */
export interface StandIn {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Documents and tokens: `put`, `disable`, `allow`, `revoke`. */
  readonly vault: MemoryVault;
  /** The address at which the same vault misbehaves. That of `lapse` does once `lapse` is called. */
  at(fault: Fault): string;
  /** An address at which the same vault behaves until `begin` is called, and again after `end`. */
  breaking(fault: LaterFault): { readonly url: string; readonly begin: () => void; readonly end: () => void };
  /** Refuses, at the address of the fault `lapse`, every token. */
  lapse(): void;
  /** What arrived, at every address of this vault. */
  readonly log: readonly StandInRequest[];
  /** The addresses that were asked, with their queries. */
  addresses(): readonly string[];
  /** How many arrived. */
  requests(): number;
  /** How many of them, other than GET, no route knows. */
  writes(): number;
  /** Whether a redirect was answered. */
  redirected(): boolean;
  /** Everything that arrived where the redirect leads, as text. */
  witness(): readonly string[];
  /** How long the vault asks to wait when it throttles, in ms. */
  readonly throttledForMs: number;
  stop(): Promise<void>;
}

const FAULTS: readonly ServerFault[] = [
  "hang",
  "drop",
  "html",
  "empty-500",
  "redirect",
  "throttle",
  "bad-credentials",
  "lapse",
];

/** Starts a stand-in. Rejects with the error of Node where `port` is taken. */
export async function standIn(options: StandInOptions): Promise<StandIn> {
  const vault = memoryState();
  const tokenOf = options.tokenOf ?? (({ authorization }) => /^Bearer (.+)$/.exec(authorization ?? "")?.[1]);
  const { routes, refusal = (error) => ({ error, detail: CANARY }) } = options;
  const answering = { routes, statuses: { ...STATUSES, ...options.statuses }, refusal, tokenOf, vault };
  const sightings: string[] = [];
  const elsewhere = await listen((request, response, body) => {
    sightings.push(`${request.method} ${request.url} ${request.rawHeaders.join(" ")} ${body}`);
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  const shared: Shared = { answering, log: [], addresses: [], elsewhere: elsewhere.url };
  const main = await serve(shared, undefined, options.port);
  const faulty = new Map<ServerFault, Served>();
  for (const fault of FAULTS) faulty.set(fault, await serve(shared, fault === "lapse" ? undefined : fault));
  const breaking = await serve(shared);
  const closed = await listen(() => undefined);
  await closed.close();
  const all: Listener[] = [main, breaking, elsewhere, ...faulty.values()];
  return {
    ...{ url: main.url, vault, log: shared.log, throttledForMs: THROTTLED_FOR_MS },
    at(fault) {
      if (fault === "lapse") faulty.get("lapse")?.misbehave(undefined);
      return fault === "refuse" ? closed.url : (faulty.get(fault)?.url ?? main.url);
    },
    breaking(fault) {
      breaking.misbehave(undefined);
      return {
        ...{ url: breaking.url, begin: () => breaking.misbehave(fault) },
        end: () => breaking.misbehave(undefined),
      };
    },
    lapse: () => faulty.get("lapse")?.misbehave("lapse"),
    addresses: () => [...shared.addresses],
    requests: () => shared.log.length,
    writes: () => shared.log.filter(({ method, route }) => method !== "GET" && route === "none").length,
    redirected: () => shared.log.some(({ fault }) => fault === "redirect"),
    witness: () => [...sightings],
    stop: async () => void (await Promise.all(all.map((listener) => listener.close()))),
  };
}
