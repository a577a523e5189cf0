import {
  createHttpHeaders,
  createPipelineRequest,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
} from "@azure/core-rest-pipeline";
import { abortable, SecretError } from "@vaultlink/core/provider";
import { exchangeOf, note } from "./exchanges.ts";
import type { VaultAddress } from "./vault-address.ts";

/** Where a vault sends us for a token, and what it must be for. */
export interface Challenge {
  readonly tenantId?: string;
  readonly scope: string;
}

/** What vaults say to those who come without a token. */
export interface Challenges {
  /** The client for the SDK's own requests. */
  readonly client: HttpClient;
  /** Asks a vault, if nobody has. `undefined` where it does not send us anywhere. Throws as the client does. */
  readonly of: (vault: VaultAddress, signal: AbortSignal) => Promise<Challenge | undefined>;
}

interface Said {
  readonly headers: PipelineResponse["headers"];
  readonly text: string;
}

/**
 * Each client of the SDK begins without a token, to be told where to get one: five first reads at once are ten requests.
 * Here a vault is asked once, and the SDK's other beginnings are answered with what it said.
 */
export function rememberChallenges(client: HttpClient): Challenges {
  const said = new Map<string, Promise<PipelineResponse | Said>>();

  /** Asks without a token, once for all who come meanwhile and later; an answer that is no challenge is not kept. */
  async function begin(request: PipelineRequest): Promise<PipelineResponse> {
    const { origin } = new URL(request.url);
    const signal = request.abortSignal;
    let flight = said.get(origin);
    const joined = flight !== undefined;
    if (flight === undefined) {
      // Others may wait for it, so it does not end with this caller.
      flight = client.sendRequest({ ...request, abortSignal: undefined } as unknown as PipelineRequest).then(
        (response) => {
          if (isChallenge(response)) return { headers: response.headers, text: response.bodyAsText ?? "" };
          said.delete(origin);
          return response;
        },
        (thrown: unknown) => {
          said.delete(origin);
          throw thrown;
        },
      );
      said.set(origin, flight);
    }
    const answer = await abortable(flight, signal instanceof AbortSignal ? signal : new AbortController().signal);
    if ("status" in answer) {
      if (joined) note(exchangeOf("vault", answer.status, answer.headers, answer.bodyAsText ?? ""));
      return { ...answer, request };
    }
    return { status: 401, headers: createHttpHeaders(answer.headers.toJSON()), bodyAsText: answer.text, request };
  }

  return {
    client: {
      sendRequest: async (request) => {
        if (!request.headers.has("authorization")) return begin(request);
        const response = await client.sendRequest(request);
        // It may have moved to another tenant.
        if (response.status === 401) said.delete(new URL(request.url).origin);
        return response;
      },
    },
    of: async ({ url }, signal) => {
      const request = createPipelineRequest({
        url: `${url}/secrets?api-version=7.4&maxresults=1`,
        abortSignal: signal,
      });
      const response = await begin(request);
      if (!isChallenge(response)) throw new NoChallenge();
      return parseChallenge(response.headers.get("www-authenticate") ?? "");
    },
  };
}

/** A vault answered something else than it must to a request without a token; what it was has been noted. */
export class NoChallenge extends Error {}

const isChallenge = ({ status, headers }: PipelineResponse): boolean =>
  status === 401 && headers.get("www-authenticate") !== undefined;

/** https://learn.microsoft.com/azure/key-vault/general/authentication-requests-and-responses#authentication */
function parseChallenge(header: string): Challenge | undefined {
  const given = new Map([...header.matchAll(/([a-z_]+)="([^"]*)"/gi)].map(([, name = "", held = ""]) => [name, held]));
  const resource = given.get("resource");
  const scope = resource === undefined ? given.get("scope") : `${resource}/.default`;
  const authority = URL.parse(given.get("authorization") ?? given.get("authorization_uri") ?? "");
  const tenantId = authority?.pathname.split("/")[1]?.toLowerCase();
  if (scope === undefined) return undefined;
  return { scope, ...(tenantId && { tenantId }) };
}

/** Whether a vault at this address may want a token for this; the SDK checks the same before it sends one. */
export function checkScope({ scope }: Challenge, { host, loopback }: VaultAddress): void {
  const wanted = URL.parse(scope)?.hostname;
  if (loopback || (wanted !== undefined && wanted !== "" && host.endsWith(`.${wanted}`))) return;
  throw new SecretError("invalid_config", "What answers at the key vault's address wants a token that is not for it.");
}
