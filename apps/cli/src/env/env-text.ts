import { parseEnv } from "node:util";

/** A variable without quotes, whose value is a reference or an address with a fragment. */
const WITH_FRAGMENT = /^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=[ \t]*([a-z][a-z0-9+.-]*:\/\/[^\s#'"`]*)(#\S*)/gm;

/**
 * The variables of a dotenv file, as Node reads it. Node ends a value without quotes at any `#`; as in a shell, one inside a
 * word begins no comment here, since references have fields: `NAME=hcv://secret/db#password`.
 */
export function parseEnvText(file: string): Readonly<Record<string, string>> {
  const text = file.replace(/^\ufeff/, "");
  const content = parseEnv(text) as Record<string, string>;
  for (const [, name = "", before = "", fragment = ""] of text.matchAll(WITH_FRAGMENT)) {
    // Otherwise such a line is part of another variable's value, or a later one has the name.
    if (content[name] === before) content[name] = before + fragment;
  }
  return content;
}
