/** Shells that there is a script for. */
export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

/** What each shell reads. All of them ask the command how a line may go on, so that a script never grows old. */
export const SCRIPTS: Readonly<Record<Shell, readonly string[]>> = {
  bash: [
    "_vaultlink() {",
    "  local line",
    "  COMPREPLY=()",
    "  while IFS= read -r line; do COMPREPLY+=(\"${line%%$'\\t'*}\"); done \\",
    '    < <(vaultlink __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)',
    "}",
    "complete -o default -F _vaultlink vaultlink",
  ],
  // zsh has its own names for all of this: its `path` is PATH, its `words` the command line.
  zsh: [
    "#compdef vaultlink",
    "_vaultlink() {",
    "  emulate -L zsh",
    "  local line",
    "  local -a found about",
    '  for line in "${(@f)$(vaultlink __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do',
    "    [[ -n $line ]] || continue",
    "    found+=(\"${line%%$'\\t'*}\") about+=(\"${line/$'\\t'/  -- }\")",
    "  done",
    "  if (( ${#found} )); then compadd -l -d about -a found; else _files; fi",
    "}",
    // Loaded as a file of fpath it is the function's body; read by eval it registers the function.
    'if [[ "${funcstack[1]-}" == _vaultlink ]]; then _vaultlink "$@"',
    "else",
    "  (( ${+functions[compdef]} )) || { autoload -Uz compinit && compinit; }",
    "  compdef _vaultlink vaultlink",
    "fi",
  ],
  fish: [
    "function __vaultlink_complete",
    "    set -l before (commandline -opc)",
    "    set -l current (commandline -ct)",
    '    set -l found (vaultlink __complete $before[2..-1] "$current" 2>/dev/null)',
    "    if test (count $found) -gt 0",
    "        printf '%s\\n' $found",
    "    else",
    '        __fish_complete_path "$current"',
    "    end",
    "end",
    "complete -c vaultlink -f -a '(__vaultlink_complete)'",
  ],
};
