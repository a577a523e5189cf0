import type { Connection } from "../connection/connection.ts";
import type { Batch } from "./batch.ts";
import type { CallContext } from "./call.ts";

/** A connection, what its calls go through, and how many callers use it. */
export class ConnectionHandle {
  readonly connection: Connection;
  readonly callContext: CallContext;
  readonly batch: Batch;
  #users = 0;

  constructor(connection: Connection, callContext: CallContext, batch: Batch) {
    this.connection = connection;
    this.callContext = callContext;
    this.batch = batch;
  }

  get inUse(): boolean {
    return this.#users > 0;
  }

  /** A caller starts to use it. Returns a function to call once, when it no longer does. */
  acquire(): () => void {
    this.#users++;
    return () => void this.#users--;
  }

  /** Whether it has a session, or is getting one. */
  get serves(): boolean {
    return this.connection.live() !== undefined || this.connection.state.phase === "opening";
  }
}
