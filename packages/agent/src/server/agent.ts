import { lstatSync } from "node:fs";
import type { Server, Socket } from "node:net";
import type { Clock } from "@vaultlink/core";
import { systemClock } from "@vaultlink/core/internal";
import { findAgent } from "../client/find.ts";
import { ensureCookie } from "../cookie.ts";
import { type AgentPlace, inodeOf, makeDirectory } from "../place.ts";
import type { Operation } from "../protocol/call.ts";
import type { Message } from "../protocol/frame.ts";
import type { Call } from "./call.ts";
import { elect, remove } from "./election.ts";
import { type Held, Life, LIFE_LIMITS, type LifeLimits } from "./life.ts";
import { Peer, type Service } from "./peer.ts";

/** Clients at a time; more are sent away. */
const MAX_PEERS = 256;
/** How long an agent that ends lets requests under way finish, in ms. */
const DRAIN_MS = 2000;

/** What the agent does for its clients, besides `ping` and `stop`. */
export interface Operations {
  perform(operation: Exclude<Operation, "ping" | "stop">, request: Message, call: Call): Promise<object>;
  held(): Held;
}

export interface AgentOptions {
  readonly place: AgentPlace;
  readonly operations: Operations;
  /** Of the package. */
  readonly version: string;
  /** Files of the program: the agent ends when one of them is replaced. */
  readonly program?: readonly string[];
  readonly clock?: Clock;
  readonly limits?: Partial<LifeLimits>;
  /** The versions of the protocol that it speaks, newest first. @default all */
  readonly versions?: readonly number[];
  /** Called once, when everything is let go: the process ends then, which is the only true wipe. */
  readonly onEnd: () => void;
}

/** A user's agent, serving. */
export interface Agent {
  /** Stops taking requests, lets those under way finish for 2 s at most, and ends. */
  end(): Promise<void>;
  /** Ends at once. */
  wipe(): void;
}

/**
 * Makes this process the user's agent, or resolves with `undefined` where one serves already. Throws `invalid_config` for
 * a place that is not the user's alone.
 */
export async function startAgent(options: AgentOptions): Promise<Agent | undefined> {
  const { place } = options;
  makeDirectory(place);
  const cookie = ensureCookie(place);
  const isServed = async (): Promise<boolean> => {
    const session = await findAgent(place);
    session?.close();
    return session !== undefined;
  };
  const { clock = systemClock() } = options;
  const election = await elect(place, { isServed, clock });
  return election.won ? new Serving(options, cookie, election) : undefined;
}

class Serving implements Agent, Service {
  readonly #options: AgentOptions;
  readonly #clock: Clock;
  readonly #server: Server;
  readonly #inode: string;
  readonly #peers = new Map<Peer, Socket>();
  readonly #life: Life;
  readonly #program: string;
  readonly #startedAt: number;
  #leaving: Promise<void> | undefined;
  #isOver = false;
  #drained: (() => void) | undefined;

  constructor(options: AgentOptions, cookie: Buffer, about: { readonly server: Server; readonly inode: string }) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock();
    this.#server = about.server;
    this.#inode = about.inode;
    this.#program = stamp(options.program ?? []);
    this.#startedAt = this.#clock.epochMs();
    this.#server.maxConnections = MAX_PEERS;
    this.#server.on("connection", (socket) => this.#admit(socket, cookie));
    this.#life = new Life({
      clock: this.#clock,
      limits: { ...LIFE_LIMITS, ...options.limits },
      held: () => options.operations.held(),
      isBusy: () => [...this.#peers.keys()].some((peer) => peer.isBusy),
      isCurrent: () => this.#isCurrent(),
      end: () => void this.end(),
    });
  }

  get isLeaving(): boolean {
    // A program that was replaced is seen before it serves anything more.
    if (this.#leaving === undefined && stamp(this.#options.program ?? []) !== this.#program) void this.end();
    return this.#leaving !== undefined;
  }

  async serve(operation: Operation, request: Message, call: Call): Promise<object> {
    this.#life.touch();
    const { operations, version } = this.#options;
    switch (operation) {
      case "ping":
        return { version, pid: process.pid, startedAt: this.#startedAt };
      case "stop":
        // Its own answer is among those that may finish.
        void this.end();
        return {};
      default:
        return operations.perform(operation, request, call).finally(() => this.#life.touch());
    }
  }

  end(): Promise<void> {
    this.#leaving ??= this.#leave();
    return this.#leaving;
  }

  wipe(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#life.stop();
    this.#unlist();
    this.#server.close();
    for (const socket of this.#peers.values()) socket.destroy();
    this.#options.onEnd();
  }

  async #leave(): Promise<void> {
    this.#unlist();
    await new Promise<void>((resolve) => {
      const cancelTimer = this.#clock.after(DRAIN_MS, resolve, true);
      this.#drained = () => {
        if ([...this.#peers.keys()].some((peer) => peer.isBusy)) return;
        cancelTimer();
        resolve();
      };
      // What is answered within this turn is on its way then.
      setImmediate(() => this.#drained?.());
    });
    await this.#flushed();
    this.wipe();
  }

  /** Waits until what was said is handed over, within reason. */
  async #flushed(): Promise<void> {
    const waiting = [...this.#peers].map(
      ([, socket]) => new Promise<void>((resolve) => void socket.end(() => resolve())),
    );
    await Promise.race([
      Promise.all(waiting),
      new Promise<void>((resolve) => void this.#clock.after(DRAIN_MS, resolve, true)),
    ]);
  }

  /** The name is free for the next agent at once. */
  #unlist(): void {
    const { socket } = this.#options.place;
    if (inodeOf(socket) === this.#inode) remove(socket);
  }

  #isCurrent(): boolean {
    return inodeOf(this.#options.place.socket) === this.#inode && stamp(this.#options.program ?? []) === this.#program;
  }

  #admit(socket: Socket, cookie: Buffer): void {
    const peer = new Peer({
      wire: {
        write: (bytes) => void socket.write(bytes, () => this.#drained?.()),
        get unread() {
          return socket.writableLength;
        },
        close: () => void socket.destroy(),
      },
      cookie,
      inode: this.#inode,
      clock: this.#clock,
      service: this,
      versions: this.#options.versions,
    });
    this.#peers.set(peer, socket);
    socket.on("data", (piece: Buffer) => peer.receive(piece));
    socket.on("error", () => peer.close());
    socket.on("close", () => {
      peer.close();
      this.#peers.delete(peer);
      this.#drained?.();
    });
  }
}

/** What tells one version of some files from another. */
function stamp(files: readonly string[]): string {
  return files
    .map((file) => lstatSync(file, { bigint: true, throwIfNoEntry: false }))
    .map((found) => (found === undefined ? "-" : `${found.ino}:${found.size}:${found.mtimeNs}`))
    .join(" ");
}
