import type { Response, Transport } from "./http.ts";
import { findErrorCode } from "@vaultlink/core/provider";

/** Nobody took the request, so another node may get it without its being done twice. */
const NOT_REACHED: ReadonlySet<string> = new Set(["ECONNREFUSED", "ENOTFOUND", "EHOSTUNREACH", "ENETUNREACH"]);

/**
 * Sends to the nodes of one cluster. A node that does not serve, or sends us to another node, makes the request go on
 * there, to each node once at most, and later requests begin where one was served. To anybody who is not in the list
 * nothing is sent, whoever says so. What a node may have done already is never sent again: that is core's business.
 */
export function clusterTransport(transport: Transport, nodes: readonly [string, ...string[]]): Transport {
  if (nodes.length === 1) return transport;
  const origins = nodes.map((node) => new URL(node).origin);
  let current = 0;
  const after = (index: number): number => (index + 1) % nodes.length;
  return {
    send: async (request) => {
      const path = request.uri.slice(nodes[0].length);
      let index = current;
      for (let left = nodes.length - 1; ; left--) {
        try {
          const response = await transport.send({ ...request, uri: `${nodes[index]}${path}` });
          const next = isElsewhere(response)
            ? origins.indexOf(originOf(response))
            : serves(response)
              ? -1
              : after(index);
          if (next < 0 || next === index || left === 0) {
            current = index;
            return response;
          }
          index = next;
        } catch (thrown) {
          if (request.signal.aborted) throw thrown;
          current = after(index);
          if (left === 0 || !NOT_REACHED.has(findErrorCode(thrown) ?? "")) throw thrown;
          index = current;
        }
      }
    },
    close: () => transport.close(),
  };
}

const isElsewhere = ({ status }: Response): boolean => status >= 300 && status < 400;

/** Where a redirect points; of its path nothing is taken. */
const originOf = (response: Response): string => URL.parse(response.header("location") ?? "")?.origin ?? "";

/**
 * Whether a node does its work: a standby, a sealed one and one in maintenance do not.
 * https://developer.hashicorp.com/vault/api-docs/system/health. A 429 with a text is a quota, which all nodes share.
 */
function serves(response: Response): boolean {
  const { status, text } = response;
  if (status === 429) return text.trim() !== "" || response.header("retry-after") !== undefined;
  return status !== 472 && status !== 473 && status !== 503;
}
