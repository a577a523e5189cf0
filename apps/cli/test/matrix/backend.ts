import type { Env } from "@vaultlink/core";

export type VaultName = "1Password" | "AWS Secrets Manager" | "Azure Key Vault" | "HashiCorp Vault";

/** The role at the vault that a team's policy asks for. */
export const ADMIN = "vaultlink-admin";

/** A server of one vault, a secret to read, and what happens behind the back of whoever reads it. */
export interface Backend {
  readonly vault: VaultName;
  /** What answers: `"stand-in"`, or a real server's name. */
  readonly server: string;
  /** The rows it shows, where those are not all: signing in takes some clients more than a second. @default all */
  readonly rows?: ReadonlySet<string>;
  readonly provider: string;
  /** The usual name of its connection. */
  readonly connection: string;
  /** Of the connection, without credentials. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The same for `vaultlink connect`. */
  readonly flags: readonly string[];
  /** Variables that say where the vault is, not who asks. */
  readonly place: Env;
  /** References to two documents, and to one that is not there. */
  readonly first: string;
  readonly second: string;
  readonly missing: string;
  /** The vault's own name of the first document, with its field. */
  readonly identifier?: string;
  /** The values behind them now. */
  readonly values: () => { readonly first: string; readonly second: string };
  /** Gives the first document another value. */
  rotate(): Promise<void>;
  /** How often a document was read. */
  reads(): number;
  /** What arrived, in order: operations, without names of secrets. */
  requests(): readonly string[];
  /** Requests that would have changed the vault. */
  writes(): number;
  /** Variables with credentials that work now. */
  envCredentials(): Env;
  /** The same for somebody whom the vault shows to be an admin, by the role `ADMIN`. Absent: it tells no roles. */
  readonly admin?: () => Promise<Env>;
  /** What a person types who is asked for a credential, by the question. */
  answer(label: string): string;
  /** Ends the credentials of `envCredentials` and `answer`. Absent: this server takes whatever it is given. */
  readonly lapse?: () => Promise<void>;
  /** Gives the same user credentials that work, in place of those that ended. */
  restore(): Promise<void>;
  /** Answers nobody until `mend`. */
  sever(): void;
  mend(): void;
  /** Delays the answer of the next read; the value is that of now. */
  delayNextRead(): void;
  stop(): Promise<void>;
}
