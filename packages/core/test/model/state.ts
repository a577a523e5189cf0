import type { Vault } from "../../src/types.ts";
import type { ConnectionStatus } from "../../src/vault-status.ts";
import type { Ask, Delivered } from "./ask.ts";
import type { Setting } from "./commands.ts";
import type { Facts, Instant } from "./facts.ts";
import type { ModelSession, ModelVault, ReadRecord } from "./model-vault.ts";

/** What the model knows of one world. */
export interface World {
  readonly facts: Facts;
  readonly setting: Setting;
  readonly remote: ModelVault;
  readonly vault: Vault;
  readonly asks: Ask[];
  readonly delivered: Delivered[];
  /** The document behind each link, by number. */
  readonly targets: number[];
  /** Asks of this command that must not have sent a read: document, and how many reads there were. */
  joins: Array<{ readonly doc: number; readonly reads: number }>;
  /** How many people are connecting. */
  connecting: number;
  /** The session that was adopted last, and how often the identity has changed so far. */
  session: ModelSession | undefined;
  epoch: number;
  readonly epochs: Map<ModelSession, number>;
  /** The last time somebody disconnected or closed. */
  endedSeq: number;
  closed: boolean;
  disconnected: boolean;
  /** Reads that were refused for what they ask, newest last. */
  readonly refusals: ReadRecord[];
  /** When each document was last waited for by nobody, and when a session was last adopted. */
  readonly idle: number[];
  adopted: { readonly at: Instant; readonly before: ModelSession | undefined } | undefined;
  /** Upper bound of the reads that core may send. */
  allowance: number;
  /** When a login failed last, and when an unattended one was refused last. */
  loginFailedSeq: number;
  refusedAt: Instant | undefined;
}

/** The connection as core shows it. */
export function shown({ vault }: World): ConnectionStatus {
  return vault.status().connections[0] as ConnectionStatus;
}

/** Asks for a document that were not answered. */
export function waiting({ asks }: World, doc?: number): Ask[] {
  return asks.filter((ask) => !ask.settled && (doc === undefined || ask.doc === doc));
}
