/** The most bytes of JSON in the first frame of a connection: nobody has proved anything yet. */
export const MAX_HELLO_BYTES: number = 1024;
/** The most bytes of JSON in one frame to the agent. */
export const MAX_REQUEST_BYTES: number = 1024 * 1024;
/** The most bytes of JSON in one frame from the agent. */
export const MAX_RESPONSE_BYTES: number = 8 * 1024 * 1024;

const HEADER_BYTES = 4;
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** What breaks the framing: the connection cannot be used any more. Its message quotes nothing that was received. */
export class FrameError extends Error {
  override readonly name: string = "FrameError";
}

/** A message of the protocol, as far as framing goes. */
export type Message = Readonly<Record<string, unknown>>;

/** One frame: the length of the JSON in bytes as an unsigned 32-bit big-endian number, then the JSON in UTF-8. */
export function encodeFrame(message: object, maxBytes: number): Buffer {
  const json = JSON.stringify(message);
  const bytes = Buffer.byteLength(json);
  if (bytes > maxBytes) throw new FrameError("The message is longer than a frame may be.");
  const frame = Buffer.allocUnsafe(HEADER_BYTES + bytes);
  frame.writeUInt32BE(bytes);
  frame.write(json, HEADER_BYTES, "utf8");
  return frame;
}

/** Puts frames together from the pieces a socket delivers. */
export class FrameReader {
  /** The most bytes of JSON the next frame may have. */
  maxBytes: number;
  readonly #header: Buffer = Buffer.alloc(HEADER_BYTES);
  #body: Buffer | undefined;
  /** Bytes received of the header, or of the body once there is one. */
  #received = 0;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  /** Whether a frame has begun and is not complete. */
  get isInside(): boolean {
    return this.#received > 0 || this.#body !== undefined;
  }

  /** The messages that a piece completes. Throws a `FrameError` for a frame that is too long, empty or no JSON object. */
  *push(piece: Uint8Array): Generator<Message> {
    for (let rest = piece; rest.length > 0;) {
      const target = this.#body ?? this.#header;
      const taken = rest.subarray(0, target.length - this.#received);
      target.set(taken, this.#received);
      this.#received += taken.length;
      rest = rest.subarray(taken.length);
      if (this.#received < target.length) continue;
      this.#received = 0;
      if (this.#body === undefined) this.#body = Buffer.allocUnsafe(this.#length());
      else {
        const body = this.#body;
        this.#body = undefined;
        yield parseBody(body);
      }
    }
  }

  /** A length is a claim of whoever is at the other end: it is checked before anything is allocated. */
  #length(): number {
    const bytes = this.#header.readUInt32BE();
    if (bytes > this.maxBytes) throw new FrameError("A frame is longer than allowed.");
    if (bytes === 0) throw new FrameError("A frame is empty.");
    return bytes;
  }
}

/** `JSON.parse` quotes its input in the error, which may be a secret: it is replaced. */
function parseBody(body: Buffer): Message {
  let message: unknown;
  try {
    message = JSON.parse(decoder.decode(body));
  } catch {
    throw new FrameError("A frame holds no JSON.");
  }
  if (typeof message !== "object" || message === null || Array.isArray(message)) {
    throw new FrameError("A frame holds no JSON object.");
  }
  return message as Message;
}
