import type { IncomingMessage } from "node:http";

/** The largest body a stand-in takes, in bytes: HashiCorp Vault's own limit of a request, and above the others'. */
const LIMIT = 32 * 1024 * 1024;

/** Reads a request's body as text. Rejects if it is too large or the line broke. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > LIMIT) throw new RangeError("The request is too large.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
