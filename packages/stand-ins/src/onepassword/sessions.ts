import type { Ids } from "../kit/ids.ts";
import type { Account } from "./account.ts";
import { idOf } from "./encoding.ts";
import type { Exchange } from "./srp.ts";

/** A login under way, or done. */
export interface Session {
  readonly id: string;
  readonly account: Account;
  exchange?: Exchange;
  /** Whether the client has proved itself. */
  proved: boolean;
  /** Number of the last request, by the client's own count. */
  count: number;
}

/** Who is signed in. */
export class Sessions {
  readonly #byId = new Map<string, Session>();
  readonly #ids: Ids;

  constructor(ids: Ids) {
    this.#ids = ids;
  }

  open(account: Account): Session {
    const session: Session = { id: idOf(this.#ids.bytes(16)), account, proved: false, count: 0 };
    this.#byId.set(session.id, session);
    return session;
  }

  find(id: string | undefined): Session | undefined {
    return id === undefined ? undefined : this.#byId.get(id);
  }

  /** Forgets the sessions of one service account, or all. The clients must sign in again. */
  end(label?: string): void {
    for (const { id, account } of this.#byId.values()) {
      if (label === undefined || account.label === label) this.#byId.delete(id);
    }
  }
}
