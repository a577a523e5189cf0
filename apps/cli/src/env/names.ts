import { SecretError } from "@vaultlink/core";
import { FAMILIES } from "./dangerous-names.ts";

/** What decides which names a child may be given. */
export interface Rules {
  readonly platform: NodeJS.Platform;
  /** Dangerous names that the user's own configuration allows. */
  readonly allowed: readonly string[];
}

/**
 * Throws `invalid_config` for a name that an environment variable cannot or must not have. `command` is that of links, which
 * can do without it; a dotenv file's name has none.
 */
export function checkName(name: string, rules: Rules, command?: "run" | "export"): void {
  const problem = problemOf(name, rules);
  if (problem === "malformed") {
    throw new SecretError("invalid_config", "No environment variable can have this name: letters, digits and _ only.", {
      hint: withoutLink(name, command) ?? "vaultlink run --only <names> -- <command>",
    });
  }
  if (problem === "dangerous") {
    const allowing = `Add "${name}" to "allowedNames" in your own configuration if it must`;
    throw new SecretError(
      "invalid_config",
      `A variable of this name changes what programs do, so no link may set it. ${allowing}.`,
      {
        hint: withoutLink(name, command) ?? allowing,
      },
    );
  }
}

/** What has a command of links start without one of them. */
const withoutLink = (name: string, command: "run" | "export" | undefined): string | undefined =>
  command && `vaultlink unlink ${name}, or ${command} --only <names>`;

/** What keeps a name from a child's environment, if anything does. */
export function problemOf(name: string, { platform, allowed }: Rules): "malformed" | "dangerous" | undefined {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return "malformed";
  return isDangerous(name, platform) && !allowed.includes(name) ? "dangerous" : undefined;
}

/** Whether a name needs its user's permission. On Windows names have no case. */
export function isDangerous(name: string, platform: NodeJS.Platform): boolean {
  return FAMILIES.some(({ names, except = [], anyCase = false }) => {
    const fold = (text: string): string => (anyCase || platform === "win32" ? text.toUpperCase() : text);
    if (except.some((one) => fold(one) === fold(name))) return false;
    return names.some((pattern) => matches(fold(name), fold(pattern)));
  });
}

function matches(name: string, pattern: string): boolean {
  if (pattern.startsWith("*")) return name.endsWith(pattern.slice(1));
  return pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}
