import type { SecretError } from "../errors/secret-error.ts";
import type { Context, Session, VaultLocation } from "../contract/provider.ts";
import { programLocation } from "./exec-answers.ts";
import { type Callbacks, type ExecLine, MAX_FRAME_BYTES } from "./exec-line.ts";
import { PROTOCOL, sessionOf, within } from "./exec-session.ts";
import { fieldsOf } from "./fields.ts";
import { declining } from "./prompt.ts";

/** How a session with a program is opened. */
export interface OpenProgram {
  /** The most bytes of one of its messages. @default MAX_FRAME_BYTES */
  readonly maxBytes?: number | undefined;
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

/** Has a program that was started sign in. Rejects with a `SecretError`; then the program has ended. */
export async function openProgram(line: ExecLine, settings: OpenProgram, context: Context): Promise<Session> {
  try {
    const call = { ...within(context), callbacks: callbacksFor(context) };
    return sessionOf(line, await line.request("rpc.initialize", greeting(settings, context), call), settings);
  } catch (thrown) {
    await line.close(0);
    throw thrown;
  }
}

/** Has a program say which vault it reaches, without a session; afterwards it has ended. Rejects with a `SecretError`. */
export async function askWhere(
  line: ExecLine,
  { env, options }: Pick<OpenProgram, "env" | "options">,
  context: Pick<Context, "signal">,
): Promise<VaultLocation> {
  try {
    return programLocation(await line.request("provider.where", { options, env }, within(context)));
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
