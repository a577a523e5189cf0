import { SecretError } from "@vaultlink/core/provider";

/** One request, as node-vault hands it to its transport. */
export interface Request {
  readonly method: string;
  readonly uri: string;
  readonly headers: Readonly<Record<string, string>>;
  /** A JSON body, already written. */
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** One answer, whatever its status. */
export interface Response {
  readonly status: number;
  /** Of an answer that did not come to its end, what came. */
  readonly text: string;
  /** What ended it before its end. */
  readonly cut?: Error;
  header(name: string): string | undefined;
}

/** Sends requests. Follows no redirect, repeats nothing, reads no environment. */
export interface Transport {
  send(request: Request): Promise<Response>;
  close(): void;
}

/** Bytes. An entry of the vault has at most 1 MiB by default; JSON and lists of names need some more. */
export const MAX_BODY: number = 4 * 1024 * 1024;

/**
 * Reads a body up to `MAX_BODY` bytes, and stops there. What goes wrong is told beside what came until then: maybe the
 * vault has made a credential, and its lease is in it.
 */
export async function readText(chunks: AsyncIterable<Uint8Array>): Promise<Pick<Response, "text" | "cut">> {
  const parts: Uint8Array[] = [];
  let size = 0;
  let cut: Error | undefined;
  try {
    for await (const chunk of chunks) {
      if (size + chunk.byteLength > MAX_BODY) {
        throw new SecretError("unusable", "The vault's answer is larger than 4 MiB.", { reason: "too-large" });
      }
      size += chunk.byteLength;
      parts.push(chunk);
    }
  } catch (thrown) {
    cut = thrown instanceof Error ? thrown : new Error();
  }
  return { text: Buffer.concat(parts, size).toString("utf8"), ...(cut !== undefined && { cut }) };
}

/** A transport over a `fetch` that was handed in. `redirect: "manual"`, because fetch carries a token header to any host it is sent on to. */
export function fetchTransport(send: typeof fetch): Transport {
  return {
    send: async ({ uri, method, headers, body, signal }) => {
      const response = await send(uri, {
        method,
        headers,
        signal,
        redirect: "manual",
        ...(body !== undefined && { body }),
      });
      return {
        status: response.status,
        ...(response.body === null ? { text: "" } : await readText(response.body)),
        header: (name) => response.headers.get(name) ?? undefined,
      };
    },
    close: () => {},
  };
}
