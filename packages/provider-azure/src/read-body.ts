import { TOO_LARGE } from "./errors/network.ts";

/** Bytes, unpacked. A value has 25 KB at most; a page of 25 names and what Entra says of itself are not much more. */
const MAX_BODY = 4 * 1024 * 1024;

/** Reads a body up to a limit. Beyond it, stops reading with `stop` and throws an error with the code `TOO_LARGE`. */
export async function readBody(body: NodeJS.ReadableStream | undefined, stop: () => void): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    const bytes = Buffer.from(part);
    size += bytes.byteLength;
    if (size > MAX_BODY) {
      stop();
      throw Object.assign(new Error("The answer is too large."), { code: TOO_LARGE });
    }
    parts.push(bytes);
  }
  return Buffer.concat(parts, size).toString("utf8");
}
