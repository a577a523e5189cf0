import { type Clock, manualClock, wallClock } from "../kit/clock.ts";
import type { ListenOptions } from "../kit/listen.ts";
import type { Program } from "../kit/run.ts";
import { serve, type Server } from "../kit/server.ts";
import { vaultBackend } from "./backend.ts";
import { vaultControls, type VaultControls } from "./controls.ts";
import { credentialsOf, type VaultCredentials } from "./credentials.ts";
import { VAULT_SEED, type VaultSeed } from "./seed.ts";
import { createState } from "./state.ts";

/** A stand-in for HashiCorp Vault and OpenBao. */
export interface VaultStandIn extends Server, VaultControls {
  /** What a user would set to reach it as `app`. */
  readonly env: Readonly<Record<string, string>>;
  /** How each identity signs in. */
  readonly credentials: Readonly<Record<string, VaultCredentials>>;
  readonly rootToken: string;
}

export interface StartOptions {
  /** A free one by default. */
  readonly port?: number;
  readonly seed?: VaultSeed;
  /** One that stands still by default. */
  readonly clock?: Clock;
  /** Certificate and key, PEM, of a server that speaks TLS. */
  readonly tls?: ListenOptions["tls"];
}

/** Starts a vault on loopback that keeps everything in memory. */
export async function startVault(options: StartOptions = {}): Promise<VaultStandIn> {
  const { server, controls, seed } = await openVault(options);
  const credentials = credentialsOf(seed);
  return { ...server, ...controls, env: envOf(server, seed), credentials, rootToken: seed.rootToken };
}

/** The stand-in as a program: on the machine's clock, which the control port can still move. */
export async function vaultProgram(port?: number): Promise<Program> {
  const { server, controls, seed } = await openVault({ clock: wallClock(), ...(port === undefined ? {} : { port }) });
  return { server, env: envOf(server, seed), commands: { ...controls } };
}

async function openVault(options: StartOptions): Promise<{ server: Server; controls: VaultControls; seed: VaultSeed }> {
  const seed = options.seed ?? VAULT_SEED;
  const clock = options.clock ?? manualClock();
  const state = createState(seed, clock);
  const { port, tls } = options;
  return {
    server: await serve(vaultBackend(state), clock, { ...(port !== undefined && { port }), ...(tls && { tls }) }),
    controls: vaultControls(state),
    seed,
  };
}

function envOf({ url }: Server, { identities }: VaultSeed): Readonly<Record<string, string>> {
  const token = identities["app"]?.token;
  return { VAULT_ADDR: url, ...(token === undefined ? {} : { VAULT_TOKEN: token }) };
}
