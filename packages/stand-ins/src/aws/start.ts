import { type Clock, wallClock } from "../kit/clock.ts";
import type { Program } from "../kit/run.ts";
import { serve, type Server } from "../kit/server.ts";
import { awsBackend } from "./backend.ts";
import { awsControls, type AwsControls } from "./controls.ts";
import { type AwsHome, makeHome } from "./home.ts";
import { AWS_SEED, type AwsSeed } from "./seed.ts";
import { createState } from "./state.ts";

/** A stand-in for Secrets Manager, STS, the sign-in portal, and where containers and machines find credentials. */
export interface AwsStandIn extends Server, AwsControls {
  /** What a user would set to reach it as `app`. */
  readonly env: Readonly<Record<string, string>>;
  readonly seed: AwsSeed;
  /** What `user` would set: `app`, `audit`, `single`. */
  envOf(user: string): Readonly<Record<string, string>>;
  /** Makes a temporary home with profiles; the caller removes it. */
  home(): Promise<AwsHome>;
}

export interface AwsStartOptions {
  /** A free one by default. */
  readonly port?: number;
  readonly seed?: AwsSeed;
  /** The machine's by default, since the SDK signs with it. */
  readonly clock?: Clock;
}

/** Starts everything on one port of loopback, in memory. */
export async function startAws(options: AwsStartOptions = {}): Promise<AwsStandIn> {
  const { server, controls, seed } = await open(options);
  const envOf = (user: string): Readonly<Record<string, string>> => envFor(server, seed, user);
  return { ...server, ...controls, seed, env: envOf("app"), envOf, home: () => makeHome(seed) };
}

/** The stand-in as a program. */
export async function awsProgram(port?: number): Promise<Program> {
  const { server, controls, seed } = await open(port === undefined ? {} : { port });
  return { server, env: envFor(server, seed, "app"), commands: { ...controls } };
}

async function open(options: AwsStartOptions): Promise<{ server: Server; controls: AwsControls; seed: AwsSeed }> {
  const seed = options.seed ?? AWS_SEED;
  const clock = options.clock ?? wallClock();
  const state = createState(seed, clock);
  const server = await serve(awsBackend(state), clock, options.port === undefined ? {} : { port: options.port });
  return { server, controls: awsControls(state), seed };
}

function envFor({ url }: Server, { users, region }: AwsSeed, user: string): Readonly<Record<string, string>> {
  const keys = users[user]?.keys;
  if (!keys) throw new Error("There is no such user.");
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
  };
}
