import type { SecretError } from "../errors/secret-error.ts";
import type { Context, Session, Whereabouts } from "../contract/provider.ts";
import { programWhereabouts } from "./exec-answers.ts";
import { type Callbacks, type LineOptions, MAX_FRAME_BYTES, startProgram } from "./exec-line.ts";
import { PROTOCOL, sessionOf, within } from "./exec-session.ts";
import { fieldsOf } from "./fields.ts";
import { declining } from "./prompt.ts";

/** How a session with a program is opened. */
export interface OpenProgram extends LineOptions {
  /** The environment of its process. */
  readonly environment: Readonly<Record<string, string>>;
  /** What it is told about the connection. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The variables of the caller that it is told of. */
  readonly env: Context["env"];
  /** The caller's environment for programs that it starts; told where given. */
  readonly programEnv?: Context["env"] | undefined;
  /** How long it may take to end, in ms. */
  readonly graceMs: number;
  /** What an error of its means. */
  readonly refusalOf: (error: unknown) => SecretError;
}

/** Starts a program and has it sign in. Rejects with a `SecretError`; then the program has ended. */
export async function openProgram(settings: OpenProgram, context: Context): Promise<Session> {
  const { environment, refusalOf } = settings;
  const line = startProgram(settings, environment, callbacksFor(context), refusalOf);
  try {
    return sessionOf(
      line,
      await line.request("rpc.initialize", greeting(settings, context), within(context)),
      settings,
    );
  } catch (thrown) {
    await line.close(0);
    throw thrown;
  }
}

/** Has a program say which vault it reaches, without a session; afterwards it has ended. Rejects with a `SecretError`. */
export async function askWhere(settings: OpenProgram, context: Pick<Context, "signal">): Promise<Whereabouts> {
  const { environment, env, options, refusalOf } = settings;
  const line = startProgram(settings, environment, {}, refusalOf);
  try {
    return programWhereabouts(await line.request("provider.where", { options, env }, within(context)));
  } finally {
    await line.close(0);
  }
}

function callbacksFor({ prompter }: Context): Callbacks {
  if (prompter === undefined) return {};
  return {
    "client.prompt": async (params) => {
      const { label, secret } = fieldsOf(params, { label: "string", secret: "boolean" });
      return { value: await declining(() => prompter.ask({ label, secret })) };
    },
    "client.open_url": async (params) => {
      await declining(() => prompter.open(fieldsOf(params, { url: "string" }).url));
      return {};
    },
    "client.show": async (params) => {
      prompter.show(fieldsOf(params, { text: "string" }).text);
      return {};
    },
  };
}

function greeting({ options, env, programEnv, maxBytes = MAX_FRAME_BYTES }: OpenProgram, context: Context): object {
  return {
    protocol: PROTOCOL,
    versions: [1],
    client: { name: "vaultlink", version: "1" },
    limits: { max_frame_bytes: maxBytes, max_in_flight: 16 },
    ...(context.prompter && { client_methods: ["client.prompt", "client.open_url", "client.show"] }),
    application: {
      ...{ options, env },
      ...(programEnv !== undefined && { program_env: programEnv }),
      ...(context.reauthenticate && { reauthenticate: true }),
    },
  };
}
