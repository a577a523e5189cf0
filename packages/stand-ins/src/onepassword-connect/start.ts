import { type Clock, wallClock } from "../kit/clock.ts";
import type { ListenOptions } from "../kit/listen.ts";
import type { Program } from "../kit/run.ts";
import { serve, type Server } from "../kit/server.ts";
import { ONEPASSWORD_SEED, type OnePasswordSeed } from "../onepassword/seed.ts";
import { onePasswordConnectBackend } from "./backend.ts";
import { holderOf, type OnePasswordConnectControls, onePasswordConnectControls } from "./controls.ts";
import { createState } from "./state.ts";

/** A stand-in for a Connect server, with the vaults of the other stand-in. It takes no token but those it made itself. */
export interface OnePasswordConnectStandIn extends Server, OnePasswordConnectControls {
  /** What a user would set to reach it as `app`. */
  readonly env: Readonly<Record<string, string>>;
  /** The current token of `app` or `audit`. */
  readonly tokenOf: (holder: string) => string;
}

export interface OnePasswordConnectStartOptions extends Pick<ListenOptions, "port" | "tls"> {
  readonly seed?: OnePasswordSeed;
  /** Makes other tokens than those of every other stand-in: the same in every run with the same text. */
  readonly keys?: string;
  /** The machine's by default: the server makes the one-time passwords. */
  readonly clock?: Clock;
}

/** Starts a server on loopback that keeps everything in memory. */
export async function startOnePasswordConnect(
  options: OnePasswordConnectStartOptions = {},
): Promise<OnePasswordConnectStandIn> {
  const { controls, server, tokenOf, env } = await open(options);
  return { ...server, ...controls, tokenOf, env };
}

/** The stand-in as a program. */
export async function onePasswordConnectProgram(port?: number): Promise<Program> {
  const { controls, server, tokenOf, env } = await open(port === undefined ? {} : { port });
  return { server, env, commands: { ...controls, tokenOf } };
}

interface Opened {
  readonly server: Server;
  readonly controls: OnePasswordConnectControls;
  readonly tokenOf: (holder: string) => string;
  readonly env: Readonly<Record<string, string>>;
}

async function open({
  seed = ONEPASSWORD_SEED,
  keys,
  clock = wallClock(),
  ...listening
}: OnePasswordConnectStartOptions): Promise<Opened> {
  const state = createState(seed, clock, keys);
  const server = await serve(onePasswordConnectBackend(state), clock, listening);
  const tokenOf = (label: string): string => holderOf(state, label).token;
  return {
    server,
    controls: onePasswordConnectControls(state),
    tokenOf,
    env: { OP_CONNECT_HOST: server.url, OP_CONNECT_TOKEN: tokenOf("app") },
  };
}
