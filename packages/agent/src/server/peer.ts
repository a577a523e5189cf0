import type { Clock } from "@vaultlink/core";
import { isCallId, isOperation, type Operation } from "../protocol/call.ts";
import { toWireError } from "../protocol/error.ts";
import {
  encodeFrame,
  FrameError,
  FrameReader,
  MAX_HELLO_BYTES,
  MAX_REQUEST_BYTES,
  MAX_RESPONSE_BYTES,
  type Message,
} from "../protocol/frame.ts";
import {
  chooseVersion,
  clientProof,
  type Exchange,
  isProof,
  makeNonce,
  parseNonce,
  serverProof,
} from "../protocol/handshake.ts";
import { Call } from "./call.ts";

/** How long a client may take to prove itself, and how long it may be silent afterwards, in ms. */
const HANDSHAKE_MS = 5000;
const IDLE_MS = 30_000;
/** Requests of one client under way at the same time. */
const MAX_CALLS = 64;
/** Bytes that may wait for a client that does not read. */
const MAX_UNREAD_BYTES: number = 2 * MAX_RESPONSE_BYTES;

/** The socket, as far as a peer uses it. */
export interface Wire {
  write(bytes: Buffer): void;
  /** Bytes written and not yet taken by the other end. */
  readonly unread: number;
  close(): void;
}

/** What serves the requests of clients that proved themselves. */
export interface Service {
  /** Answers a request; what it rejects with becomes the error told. */
  serve(operation: Operation, request: Message, call: Call): Promise<object>;
  /** Whether new requests are sent away: the agent is about to end. */
  readonly isLeaving: boolean;
}

export interface PeerOptions {
  readonly wire: Wire;
  readonly cookie: Buffer;
  /** Of the socket the agent listens at. */
  readonly inode: string;
  readonly clock: Clock;
  readonly service: Service;
  /** The versions of the protocol that it speaks, newest first. @default all */
  readonly versions?: readonly number[] | undefined;
}

type State = { readonly at: "hello" } | { readonly at: "proof" | "open"; readonly exchange: Exchange };

/** One client. Says nothing before the first frame, and closes without a word on whoever does not prove itself. */
export class Peer {
  readonly #options: PeerOptions;
  readonly #reader = new FrameReader(MAX_HELLO_BYTES);
  readonly #calls = new Map<number, Call>();
  #state: State | undefined = { at: "hello" };
  #cancelTimer: () => void;

  constructor(options: PeerOptions) {
    this.#options = options;
    this.#cancelTimer = options.clock.after(HANDSHAKE_MS, () => this.close());
  }

  /** Whether the client proved itself and is still there. */
  get isOpen(): boolean {
    return this.#state?.at === "open";
  }

  /** Whether it waits for an answer. */
  get isBusy(): boolean {
    return [...this.#calls.values()].some(({ isSubscription }) => !isSubscription);
  }

  /** Takes what the socket delivered. Never throws: whatever is wrong closes the connection. */
  receive(piece: Uint8Array): void {
    try {
      for (const message of this.#reader.push(piece)) {
        this.#take(message);
        if (this.#state === undefined) return;
      }
    } catch (error) {
      this.close();
      if (!(error instanceof FrameError)) throw error;
    }
  }

  /** Ends the connection, and with it every request of this client. */
  close(): void {
    if (this.#state === undefined) return;
    this.#state = undefined;
    this.#cancelTimer();
    for (const call of this.#calls.values()) call.cancel();
    this.#calls.clear();
    this.#options.wire.close();
  }

  #take(message: Message): void {
    const state = this.#state;
    if (state === undefined) return;
    if (state.at === "hello") return this.#greet(message);
    if (state.at === "open") return this.#request(message, state.exchange);
    if (!isProof(message["mac"], clientProof(this.#options.cookie, state.exchange))) return this.close();
    this.#state = { at: "open", exchange: state.exchange };
    this.#request(message, state.exchange);
  }

  #greet({ v: offered, cn }: Message): void {
    const version = chooseVersion(offered, this.#options.versions);
    const clientNonce = parseNonce(cn);
    if (version === undefined || clientNonce === undefined) return this.close();
    const { cookie, inode } = this.#options;
    const exchange: Exchange = { version, clientNonce, serverNonce: makeNonce() };
    this.#state = { at: "proof", exchange };
    this.#reader.maxBytes = MAX_REQUEST_BYTES;
    const mac = serverProof(cookie, exchange, inode).toString("base64");
    this.#send({ v: version, sn: exchange.serverNonce.toString("base64"), mac });
  }

  #request(message: Message, { version }: Exchange): void {
    const { id, op } = message;
    if (!isCallId(id)) return this.close();
    const running = this.#calls.get(id);
    if (running !== undefined) {
      // What is neither an answer nor a cancellation uses a number twice.
      if (op !== undefined || !running.receive(message)) this.close();
      return;
    }
    // The request it is about has just ended.
    if (op === undefined) return;
    if (!isOperation(op, version) || this.#calls.size >= MAX_CALLS) return this.close();
    if (this.#options.service.isLeaving && op !== "stop") return this.#send({ id, ok: false, again: true });
    void this.#serve(id, op, message);
  }

  async #serve(id: number, op: Operation, message: Message): Promise<void> {
    const call = new Call((prompt) => this.#send({ id, ...prompt }));
    this.#calls.set(id, call);
    this.#cancelTimer();
    let reply: object;
    try {
      reply = { id, ok: true, ...(await this.#options.service.serve(op, message, call)) };
    } catch (thrown) {
      reply = { id, ok: false, error: toWireError(thrown) };
    }
    if (this.#calls.get(id) !== call) return;
    this.#calls.delete(id);
    this.#send(reply);
    this.#rest();
  }

  /** Nothing is asked now: the client may stay for a while. */
  #rest(): void {
    if (this.#state === undefined || this.#calls.size > 0) return;
    this.#cancelTimer();
    this.#cancelTimer = this.#options.clock.after(IDLE_MS, () => this.close());
  }

  #send(message: object): void {
    if (this.#state === undefined) return;
    const { wire } = this.#options;
    if (wire.unread > MAX_UNREAD_BYTES) return this.close();
    wire.write(encodeSafely(message));
  }
}

/** An answer too long for a frame is an error that says so. */
function encodeSafely(message: object): Buffer {
  try {
    return encodeFrame(message, MAX_RESPONSE_BYTES);
  } catch (error) {
    if (!(error instanceof FrameError) || !("id" in message)) throw error;
    const told = { code: "unusable", message: "The answer is larger than 8 MiB; ask for fewer names." };
    return encodeFrame({ id: message.id, ok: false, error: told }, MAX_RESPONSE_BYTES);
  }
}
