import { targetOf } from "./imports.ts";
import { isTest, type Rule } from "./workspace.ts";

const SOURCES = "apps/cli/src/";
const COMMANDS = `${SOURCES}commands/`;

/** What reads commands from outside: the command line, its completion, and the window, which does what commands do. */
const READERS = ["program/", "complete/", "screen/"];

/** A command's files are its own: what another command needs, too, stands in a folder beside `commands/`. */
export const commands: Rule = ({ sources }) =>
  sources
    .filter(({ path }) => path.startsWith(SOURCES) && !isTest(path))
    .flatMap(({ path, imports }) => {
      const own = commandOf(path);
      if (own === undefined && READERS.some((reader) => path.startsWith(SOURCES + reader))) return [];
      return imports.flatMap(({ specifier, line }) => {
        const other = commandOf(targetOf(path, specifier) ?? "");
        if (other === undefined || other === own) return [];
        return [
          `${path}:${line}: imports ${specifier} of the command ${other}; what several need stands beside commands/`,
        ];
      });
    });

/** The command that a file is of: its folder, or itself. */
function commandOf(path: string): string | undefined {
  return path.startsWith(COMMANDS) ? /^[^/]+?(?=\/|\.ts$)/.exec(path.slice(COMMANDS.length))?.[0] : undefined;
}
