import { syncBuiltinESMExports } from "node:module";

type Options = { readonly env?: Readonly<Record<string, string | undefined>> };
type Start = (file: string, args: readonly string[], options: Options, done: unknown) => unknown;

/**
 * Gives every program that is started in this thread this environment, and what it is started with beside ours. The SDK
 * hands on `process.env`, which here holds no more than what decides who signs in; `az` and its likes need what their user
 * has set.
 */
export function lendToPrograms(environment: Readonly<Record<string, string>>): void {
  const processes = process.getBuiltinModule("node:child_process");
  const execFile = processes.execFile as Start;
  const start: Start = (file, args, { env = {}, ...options }, done) => {
    const added = Object.entries(env).filter(([name, value]) => process.env[name] !== value);
    return execFile(file, args, { ...options, env: { ...environment, ...Object.fromEntries(added) } }, done);
  };
  Object.assign(processes, { execFile: start });
  syncBuiltinESMExports();
}
