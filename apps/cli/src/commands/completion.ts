import type { Command } from "commander";
import { usage } from "../failure.ts";
import { message, type Message } from "../output/result.ts";

/** One command as a shell completes it. */
interface Completed {
  readonly path: string;
  readonly words: readonly string[];
}

/** The script that a shell reads. It asks `vaultlink list --names` for names, so it never grows old. */
export async function completion(shell: string, program: Command): Promise<Message> {
  const commands = flatten(program, "");
  const script = SCRIPTS[shell as keyof typeof SCRIPTS];
  if (!Object.hasOwn(SCRIPTS, shell))
    throw usage("Completion is there for bash, zsh and fish.", "vaultlink completion bash");
  const lines = script(commands);
  return message(lines, { shell, script: lines.join("\n") });
}

function flatten(command: Command, path: string): readonly Completed[] {
  const options = command.options.flatMap(({ long }) => long ?? []);
  const words = [...command.commands.map((one) => one.name()), ...options, "--help"];
  return [{ path, words }, ...command.commands.flatMap((one) => flatten(one, `${path} ${one.name()}`.trim()))];
}

/** Commands whose first argument is a linked name. */
const NAMED = ["get", "relink", "unlink", "cache reset", "export"];

const bash = (commands: readonly Completed[]): string[] => [
  "_vaultlink() {",
  '  local current="${COMP_WORDS[COMP_CWORD]}" typed="" word words=""',
  '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do case "$word" in -*) ;; *) typed="${typed:+$typed }$word" ;; esac; done',
  '  case "$typed" in',
  ...commands.map(({ path, words }) => `    ${quote(path)}) words=${quote(words.join(" "))} ;;`),
  "  esac",
  `  case "$typed" in ${NAMED.map(quote).join("|")}) words="$words $(vaultlink list --names 2>/dev/null)" ;; esac`,
  '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
  "}",
  "complete -o default -F _vaultlink vaultlink",
];

/** zsh has its own names for all of this: its `path` is PATH, its `words` the command line. */
const zsh = (commands: readonly Completed[]): string[] => [
  "#compdef vaultlink",
  "_vaultlink() {",
  "  emulate -L zsh",
  "  local typed='' word",
  "  local -a candidates names",
  '  for word in "${(@)words[2,CURRENT-1]}"; do [[ $word == -* ]] || typed="${typed:+$typed }$word"; done',
  '  case "$typed" in',
  ...commands.map(({ path, words }) => `    (${quote(path)}) candidates=(${words.join(" ")}) ;;`),
  "  esac",
  `  case "$typed" in (${NAMED.map(quote).join("|")}) names=("\${(@f)$(vaultlink list --names 2>/dev/null)}") ;; esac`,
  '  compadd -- "${(@)candidates}" "${(@)names:#}"',
  "  (( ${#candidates} + ${#names} )) || _files",
  "}",
  // Loaded as a file of fpath it is the function's body; read by eval it registers the function.
  'if [[ "${funcstack[1]-}" == _vaultlink ]]; then _vaultlink "$@"',
  "else",
  "  (( ${+functions[compdef]} )) || { autoload -Uz compinit && compinit; }",
  "  compdef _vaultlink vaultlink",
  "fi",
];

const fish = (commands: readonly Completed[]): string[] => [
  "complete -c vaultlink -f",
  ...commands.flatMap(({ path, words }) => {
    const condition =
      path === ""
        ? "__fish_use_subcommand"
        : path
            .split(" ")
            .map((word) => `__fish_seen_subcommand_from ${word}`)
            .join("; and ");
    return words.map((word) => {
      const what = word.startsWith("--") ? `-l ${word.slice(2)}` : `-a ${word}`;
      return `complete -c vaultlink -n '${condition}' ${what}`;
    });
  }),
  ...NAMED.map((path) => {
    const condition = path
      .split(" ")
      .map((word) => `__fish_seen_subcommand_from ${word}`)
      .join("; and ");
    return `complete -c vaultlink -n '${condition}' -a '(vaultlink list --names 2>/dev/null)'`;
  }),
];

const quote = (text: string): string => `'${text}'`;

const SCRIPTS = { bash, zsh, fish };
