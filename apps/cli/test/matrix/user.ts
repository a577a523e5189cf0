import type { ManualClock } from "@vaultlink/testkit";
import type { Backend } from "./backend.ts";

/** What was asked for came out so: done, maybe with a value, or why not. */
export interface Outcome {
  readonly value?: string;
  readonly code?: string;
  readonly reason?: string;
}

/** Where the connection and its links stand. */
export interface States {
  readonly connection: string | undefined;
  /** By name: `resolved`, `unknown`, or the reason why not. */
  readonly links: Readonly<Record<string, string>>;
}

/** One person with one connection to one vault, whichever face of vaultlink they use. */
export interface User {
  /** Moves the time of the cache and of sessions. */
  readonly clock: ManualClock;
  /** Whether the person is there to be asked. They are not, at first. */
  isPresent: boolean;
  /** What the person was asked so far, without the connection's name. */
  readonly asked: string[];
  /** Variables with credentials, as they are now: none, at first. */
  setEnvCredentials(variables: Readonly<Record<string, string | undefined>>): void;
  /** Signs in for the first time. */
  connect(): Promise<Outcome>;
  /** Signs in again. */
  reauthenticate(): Promise<Outcome>;
  link(name: string, reference: string): Promise<Outcome>;
  relink(name: string, reference: string): Promise<Outcome>;
  /** Begins to change a link, and gives up before it is done. */
  cancelRelink(name: string, reference: string): Promise<Outcome>;
  get(name: string, options?: { readonly refresh?: boolean }): Promise<Outcome>;
  /** Drops every cached value. */
  reset(): Promise<Outcome>;
  setTtl(minutes: string): Promise<Outcome>;
  /** Minutes. */
  ttl(): Promise<number>;
  /** Cached documents. */
  entries(): Promise<number>;
  states(): Promise<States>;
  /** By the connection, or by a link that uses it. */
  disconnect(door?: { readonly link: string }): Promise<Outcome>;
  logout(): Promise<Outcome>;
  /** Closes everything and opens it again. */
  reopen(): Promise<void>;
  /** What is kept for the next opening, as text. */
  kept(): Promise<string>;
  end(): Promise<void>;
}

/** One way to use vaultlink. */
export interface Face {
  readonly name: "library" | "command";
  /** `team`: the connection is there already, for everybody, and only whoever has the role `ADMIN` may disconnect it. */
  start(backend: Backend, options?: { readonly team: boolean }): Promise<User>;
}
