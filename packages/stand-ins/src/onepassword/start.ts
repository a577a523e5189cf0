import { type Clock, wallClock } from "../kit/clock.ts";
import type { Program } from "../kit/run.ts";
import { serve, type Server } from "../kit/server.ts";
import { tokenOf } from "./account.ts";
import { onePasswordBackend } from "./backend.ts";
import { onePasswordControls, type OnePasswordControls } from "./controls.ts";
import { ONEPASSWORD_SEED, type OnePasswordSeed } from "./seed.ts";
import { createState } from "./state.ts";

/** A stand-in for the server that 1Password's SDK signs in to. It takes no token but those it made itself. */
export interface OnePasswordStandIn extends Server, OnePasswordControls {
  /** What a user would set to reach it as `app`. */
  readonly env: Readonly<Record<string, string>>;
  /** The current token of a service account: `app`, `audit`. At another address with `url`. */
  readonly tokenOf: (account: string, url?: string) => string;
}

export interface OnePasswordStartOptions {
  /** A free one by default. */
  readonly port?: number;
  readonly seed?: OnePasswordSeed;
  /** Makes other keys than those of every other stand-in: the same in every run with the same text. */
  readonly keys?: string;
  /** The machine's by default: the client makes one-time passwords of its own time. */
  readonly clock?: Clock;
}

/** Starts a server on loopback that keeps everything in memory. */
export async function startOnePassword(options: OnePasswordStartOptions = {}): Promise<OnePasswordStandIn> {
  const { controls, server, token } = await open(options);
  return { ...server, ...controls, tokenOf: token, env: { OP_SERVICE_ACCOUNT_TOKEN: token("app") } };
}

/** The stand-in as a program. */
export async function onePasswordProgram(port?: number): Promise<Program> {
  const { controls, server, token } = await open(port === undefined ? {} : { port });
  return { server, env: { OP_SERVICE_ACCOUNT_TOKEN: token("app") }, commands: { ...controls, tokenOf: token } };
}

interface Opened {
  readonly server: Server;
  readonly controls: OnePasswordControls;
  readonly token: OnePasswordStandIn["tokenOf"];
}

async function open({
  port,
  seed = ONEPASSWORD_SEED,
  keys,
  clock = wallClock(),
}: OnePasswordStartOptions): Promise<Opened> {
  const state = createState(seed, clock, keys);
  const server = await serve(onePasswordBackend(state), clock, port === undefined ? {} : { port });
  const token = (label: string, url = server.url): string => {
    const account = state.accounts.get(label);
    if (account === undefined) throw new Error("There is no such service account.");
    return tokenOf(account, url);
  };
  return { server, controls: onePasswordControls(state), token };
}
