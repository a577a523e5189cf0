import { defineProvider } from "../contract/plugin.ts";
import { cancelled } from "../async/deadline.ts";
import type { Context, Provider } from "../contract/provider.ts";
import { declaredEnv } from "./environment.ts";
import { programRefusal } from "./exec-answers.ts";
import { type ExecLine, type ProgramOptions, startProgram } from "./exec-line.ts";
import { askWhere, type OpenProgram, openProgram } from "./exec-open.ts";

/** How a provider that is a program is found and set up. */
export interface ExecProviderOptions extends ProgramOptions {
  /** Names the provider, as in `Provider`. */
  readonly name: string;
  /** Variables that the program is given, as in `Provider`. */
  readonly envVariables?: readonly string[];
  /** What the program is told about the connection: JSON, no secret. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Whether the program answers `provider.where`, for which it is started like for a session. @default false */
  readonly where?: boolean;
  /** How long it may take to end, in ms. @default 1,000 */
  readonly graceMs?: number;
}

/**
 * A provider that is a program in any language: it is started for each session, and answers requests on its standard
 * input. Its environment is what `envVariables` names, and nothing else. `docs/providers/programs.md` has the messages.
 */
export function execProvider(given: ExecProviderOptions): Provider {
  const { name, envVariables = [], options = {}, graceMs = 1000, where = false, ...started } = given;
  const start = (context: Pick<Context, "env">): { readonly line: ExecLine; readonly settings: OpenProgram } => {
    const env = declaredEnv(envVariables, context.env);
    const line = startProgram(started, env, programRefusal);
    return { line, settings: { options, env, graceMs, refusalOf: programRefusal } };
  };
  return defineProvider({
    name,
    envVariables,
    async open(context) {
      if (context.signal.aborted) throw cancelled();
      const { line, settings } = start(context);
      return openProgram(line, settings, context);
    },
    ...(where && {
      where: (context) => {
        const { line, settings } = start(context);
        return askWhere(line, settings, context);
      },
    }),
  });
}
