import { listen } from "./listen.ts";
import { readBody } from "./read-body.ts";

/** Every fake secret carries it, so that one scan finds a leak. */
export const CANARY = "vlcanary-";

/** One request at a host that must never see a credential. */
export interface Sighting {
  readonly method: string;
  readonly path: string;
  /** Names of the credential headers that came along. */
  readonly credentials: readonly string[];
  /** Whether a fake secret was anywhere in it: address, header or body. */
  readonly canary: boolean;
}

/** A second host, for redirects to lead to. */
export interface Witness {
  readonly url: string;
  readonly sightings: readonly Sighting[];
  stop(): Promise<void>;
}

const CREDENTIAL_HEADERS = [
  "authorization",
  "proxy-authorization",
  "cookie",
  "x-vault-token",
  "x-amz-security-token",
  "x-identity-header",
  "x-agilebits-session-id",
  "op-throttling-token",
  "secret",
] as const;

/** Starts a host that answers everything with an empty 200 and remembers which credentials arrived. */
export async function witness(): Promise<Witness> {
  const sightings: Sighting[] = [];
  const listener = await listen((request, response) => {
    const note = (body: string): void => {
      sightings.push({
        method: request.method ?? "GET",
        path: (request.url ?? "/").replace(/\?.*/, ""),
        credentials: CREDENTIAL_HEADERS.filter((name) => request.headers[name] !== undefined),
        canary: `${request.url} ${request.rawHeaders.join(" ")} ${body}`.includes(CANARY),
      });
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    };
    readBody(request).then(note, () => note(""));
  });
  return {
    url: listener.url,
    get sightings() {
      return [...sightings];
    },
    stop: () => listener.close(),
  };
}
