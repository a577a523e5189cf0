import { type IncomingMessage, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import {
  cancelled,
  createAgents,
  findErrorCode,
  isSecretError,
  type Network,
  readBytes,
  SecretError,
  Semaphore,
} from "@vaultlink/core/provider";
import { explain } from "../errors.ts";
import type { SdkError } from "../sdk-error.ts";
import { CONNECT_ERRORS, TOO_LARGE } from "./error-rules.ts";

/** One answer, whatever its status. */
export interface ConnectResponse {
  readonly status: number;
  readonly type: string;
  readonly retryAfter?: string;
  readonly body: Buffer;
}

/** The way to one Connect server. Follows no redirect, repeats nothing. */
export interface Transport {
  /** Asks for a path below the server's address. Throws what befell it, or `aborted` with the signal. */
  readonly get: (path: string, signal: AbortSignal) => Promise<ConnectResponse>;
  readonly close: () => void;
}

export interface TransportOptions {
  readonly address: string;
  readonly token: string;
  readonly network: Network;
  /** Ms that one answer may take. */
  readonly requestTimeoutMs: number;
}

/** Bytes: files of 1Password are smaller. */
const MAX_BODY = 50 * 1024 * 1024;
/** Requests at a time. */
const SOCKETS = 8;

/** Makes it; nothing is sent before `get`. */
export function openTransport({ address, token, network, requestTimeoutMs }: TransportOptions): Transport {
  const secure = address.startsWith("https:");
  const agents = createAgents({ ...network, maxSockets: SOCKETS });
  const agent = secure ? agents.https : agents.http;
  const closing = new AbortController();
  const headers = { authorization: `Bearer ${token}`, accept: "application/json, application/octet-stream" };
  const inTurn = new Semaphore(SOCKETS);

  const send = async (path: string, signal: AbortSignal): Promise<ConnectResponse> => {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const request = (secure ? httpsRequest : httpRequest)(`${address}${path}`, { agent, headers, signal });
    request.once("response", resolve);
    // Stays, since the socket may fail again after the answer began.
    request.on("error", reject);
    request.end();
    const response = await promise;
    const { headers: held, statusCode: status = 0 } = response;
    const retryAfter = held["retry-after"];
    return {
      status,
      type: held["content-type"] ?? "",
      ...(retryAfter !== undefined && { retryAfter }),
      body: await readBytes(response, MAX_BODY, () => refused({ text: TOO_LARGE })),
    };
  };

  return {
    get: (path, caller) =>
      inTurn.run(async () => {
        const timeout = AbortSignal.timeout(requestTimeoutMs);
        const signal = AbortSignal.any([caller, timeout, closing.signal]);
        try {
          if (signal.aborted) throw signal.reason;
          return await send(path, signal);
        } catch (thrown) {
          if (isSecretError(thrown)) throw thrown;
          if (closing.signal.aborted) throw new SecretError("aborted", "The session was closed.");
          if (caller.aborted) throw cancelled();
          throw refused({ code: timeout.aborted ? "TimeoutError" : (findErrorCode(thrown) ?? "ERR_UNKNOWN") });
        }
      }),
    close: () => {
      closing.abort();
      agents.destroy();
    },
  };
}

/** What befell a request, by the table. */
export function refused(error: Partial<SdkError>): SecretError {
  return explain(CONNECT_ERRORS, { text: "", ...error });
}
