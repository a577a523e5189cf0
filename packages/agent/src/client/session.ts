import type { Socket } from "node:net";
import { SecretError } from "@vaultlink/core";
import { type AgentPlace, checkSocket, inodeOf, suspicious } from "../place.ts";
import { isOperation, type Operation, type Prompt } from "../protocol/call.ts";
import { fromWireError } from "../protocol/error.ts";
import {
  encodeFrame,
  FrameError,
  FrameReader,
  MAX_REQUEST_BYTES,
  MAX_RESPONSE_BYTES,
  type Message,
} from "../protocol/frame.ts";
import {
  clientProof,
  type Exchange,
  isProof,
  makeNonce,
  parseNonce,
  serverProof,
  VERSIONS,
} from "../protocol/handshake.ts";

/** Why an agent was not asked: the version agreed on does not have the operation. */
export const OLDER_AGENT = "older-agent";

/** The agent went away, or is about to: the same may be asked of another one. */
export class AgentGone extends Error {
  override readonly name: string = "AgentGone";
}

export interface AskOptions {
  /** Cancels the request. */
  readonly signal?: AbortSignal | undefined;
  /** Does what the agent needs of the person; resolves with what was typed. @default declines everything */
  readonly onPrompt?: ((prompt: Prompt) => Promise<string>) | undefined;
  /** The environment of this request instead of the client's. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Takes the events of a subscription. */
  readonly onEvent?: ((event: Message) => void) | undefined;
  /** Takes the parts of an answer that comes in parts. */
  readonly onPart?: ((part: Message) => void) | undefined;
}

interface Running extends AskOptions {
  resolve(answer: Message): void;
  reject(error: Error): void;
}

/** A connection to the agent on which both ends have proved themselves. */
export class AgentSession {
  /** The version of the protocol that was agreed on. With 0 there are only `ping` and `stop`. */
  readonly version: number;
  readonly #socket: Socket;
  readonly #running = new Map<number, Running>();
  /** Goes out with the first request. */
  #proof: string | undefined;
  #lastId = 0;
  #isGone = false;

  constructor(socket: Socket, reader: FrameReader, about: { readonly version: number; readonly proof: Buffer }) {
    this.#socket = socket;
    this.version = about.version;
    this.#proof = about.proof.toString("base64");
    socket.on("data", (piece: Buffer) => this.#receive(reader, piece));
    socket.on("close", () => this.#lose());
  }

  /** Sends one request. Rejects with the agent's error, or with `AgentGone`. */
  ask(op: Operation, parameters: object = {}, options: AskOptions = {}): Promise<Message> {
    return new Promise((resolve, reject) => {
      if (this.#isGone) return reject(gone());
      if (!isOperation(op, this.version)) return reject(older());
      const id = ++this.#lastId;
      const { signal } = options;
      const cancel = (): void => this.#send({ id, cancel: true });
      const end = (): void => {
        this.#running.delete(id);
        signal?.removeEventListener("abort", cancel);
      };
      this.#running.set(id, {
        ...options,
        resolve: (answer) => {
          end();
          resolve(answer);
        },
        reject: (error) => {
          end();
          reject(error);
        },
      });
      const mac = this.#proof;
      this.#proof = undefined;
      try {
        this.#send({ id, ...(mac !== undefined && { mac }), op, ...parameters });
      } catch (error) {
        end();
        return reject(error instanceof FrameError ? tooLong() : (error as Error));
      }
      signal?.addEventListener("abort", cancel, { once: true });
      if (signal?.aborted) cancel();
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #send(message: object): void {
    this.#socket.write(encodeFrame(message, MAX_REQUEST_BYTES));
  }

  #receive(reader: FrameReader, piece: Buffer): void {
    try {
      for (const message of reader.push(piece)) this.#take(message);
    } catch (error) {
      this.close();
      if (!(error instanceof FrameError)) throw error;
    }
  }

  #take(message: Message): void {
    const { id, ok, again, prompt, event, part } = message;
    const running = typeof id === "number" ? this.#running.get(id) : undefined;
    if (running === undefined) return;
    if (ok === true) running.resolve(message);
    else if (again === true) running.reject(gone());
    else if (ok === false) running.reject(fromWireError(message["error"]));
    else if (typeof prompt === "number") void this.#prompt(id as number, prompt, message, running);
    else if (typeof event === "object" && event !== null) running.onEvent?.(event as Message);
    else if (typeof part === "object" && part !== null) running.onPart?.(part as Message);
  }

  async #prompt(id: number, prompt: number, message: Message, { onPrompt }: Running): Promise<void> {
    try {
      const answer = await onPrompt?.(message as unknown as Prompt);
      this.#send({ id, prompt, ...(answer === undefined ? { declined: true } : { answer }) });
    } catch {
      this.#send({ id, prompt, declined: true });
    }
  }

  #lose(): void {
    this.#isGone = true;
    for (const running of this.#running.values()) running.reject(gone());
  }
}

/** How long the agent may take to prove itself, in ms. */
const HANDSHAKE_MS = 5000;

/**
 * Connects to the agent and has it prove itself, before anything is said to it. Resolves with `undefined` where nobody
 * listens. Throws `invalid_config` for what is not the user's agent, and `unavailable` for one that does not answer.
 */
export function openSession(
  place: AgentPlace,
  cookie: Buffer,
  { handshakeMs = HANDSHAKE_MS }: { readonly handshakeMs?: number | undefined } = {},
): Promise<AgentSession | undefined> {
  const found = checkSocket(place);
  if (found === undefined) return Promise.resolve(undefined);
  const { inode, isPrivate } = found;
  const { createConnection } = process.getBuiltinModule("node:net");
  return new Promise((resolve, reject) => {
    const socket = createConnection(place.socket);
    const reader = new FrameReader(MAX_RESPONSE_BYTES);
    const clientNonce = makeNonce();
    const end = (): void => {
      clearTimeout(timer);
      socket.removeAllListeners();
      socket.on("error", () => {});
    };
    const fail = (error: Error | undefined): void => {
      end();
      socket.destroy();
      if (error === undefined) resolve(undefined);
      else reject(error);
    };
    // Another agent may have taken the place between the two looks: that one is asked instead.
    const strange = (what: string): Error =>
      inodeOf(place.socket) === inode ? suspicious(place.socket, what) : gone();
    const unproven = (): Error => strange("is not answered by your agent");
    const timer = setTimeout(() => fail(silent()), handshakeMs);
    socket.once("error", ({ code }: NodeJS.ErrnoException) =>
      fail(code === "ENOENT" || code === "ECONNREFUSED" ? undefined : gone()),
    );
    socket.once("close", () => fail(gone()));
    socket.once("connect", () => {
      if (!isPrivate) return fail(strange("is open to other users"));
      socket.write(encodeFrame({ v: VERSIONS, cn: clientNonce.toString("base64") }, MAX_REQUEST_BYTES));
    });
    socket.on("data", (piece: Buffer) => {
      try {
        for (const message of reader.push(piece)) {
          const about = verify(message, { cookie, clientNonce, inode });
          if (about === undefined) return fail(unproven());
          end();
          return resolve(new AgentSession(socket, reader, about));
        }
      } catch {
        fail(unproven());
      }
    });
  });
}

function verify(
  { v: version, sn, mac }: Message,
  about: { readonly cookie: Buffer; readonly clientNonce: Buffer; readonly inode: string },
): { readonly version: number; readonly proof: Buffer } | undefined {
  const serverNonce = parseNonce(sn);
  if (typeof version !== "number" || !VERSIONS.includes(version) || serverNonce === undefined) return undefined;
  const exchange: Exchange = { version, clientNonce: about.clientNonce, serverNonce };
  if (!isProof(mac, serverProof(about.cookie, exchange, about.inode))) return undefined;
  return { version, proof: clientProof(about.cookie, exchange) };
}

const gone = (): AgentGone => new AgentGone("The agent went away.");

const silent = (): SecretError =>
  new SecretError("unavailable", "The agent does not answer.", { hint: "End its process, and try again" });

const older = (): SecretError =>
  new SecretError("unusable", "The agent is older than this program.", {
    reason: OLDER_AGENT,
    hint: "vaultlink agent stop",
  });

const tooLong = (): SecretError => new SecretError("invalid_reference", "The request is longer than the agent takes.");
