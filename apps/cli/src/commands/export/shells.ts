import type { Format } from "./format.ts";

/** For sh, bash, dash, zsh and ksh: in single quotes everything stands for itself (POSIX, Shell Command Language, 2.2.2). */
export const SHELL: Format = {
  isEnvironment: true,
  entry: (name, value) => `export ${name}='${value.replaceAll("'", String.raw`'\''`)}'\n`,
};

/** For fish: in single quotes a backslash escapes itself and a quote (fish documentation, Quotes). */
export const FISH: Format = {
  isEnvironment: true,
  entry: (name, value) => `set -gx ${name} '${value.replace(/[\\']/g, String.raw`\$&`)}'\n`,
};

/** For PowerShell: a quote is doubled, and so are the typographic ones, which it takes for the same (about_Quoting_Rules). */
export const POWERSHELL: Format = {
  isEnvironment: true,
  entry: (name, value) => `$env:${name} = '${value.replace(/['\u2018-\u201b]/g, "$&$&")}'\n`,
};
