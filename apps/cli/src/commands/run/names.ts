import { SecretError } from "@vaultlink/core";

/**
 * Variables that make a program load code, talk to somebody else or run something else. A project file names the links,
 * so these names are refused unless the user's own configuration allows them one by one. `*` stands for anything.
 */
export const DANGEROUS: readonly string[] = [
  ...["LD_*", "DYLD_*"],
  ...["NODE_OPTIONS", "NODE_EXTRA_CA_CERTS", "NODE_PATH", "NODE_TLS_REJECT_UNAUTHORIZED", "NODE_V8_COVERAGE"],
  ...["PYTHONSTARTUP", "PYTHONPATH", "PYTHONHOME", "PYTHONINSPECT", "PYTHONWARNINGS"],
  ...["PERL5OPT", "PERL5LIB", "PERL5DB", "RUBYOPT", "RUBYLIB"],
  ...["JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH"],
  ...["BASH_ENV", "ENV", "SHELLOPTS", "BASHOPTS", "BASH_FUNC_*", "IFS", "PS4", "PROMPT_COMMAND"],
  ...["PATH", "HOME", "SHELL", "USER", "TMPDIR"],
  ...["GIT_SSH", "GIT_SSH_COMMAND", "GIT_EXEC_PATH", "GIT_CONFIG*", "GIT_ASKPASS", "GIT_PAGER", "GIT_EDITOR"],
  ...["EDITOR", "PAGER", "BROWSER"],
  ...["DOTNET_STARTUP_HOOKS", "COR_*", "CORECLR_*", "PHPRC"],
  ...["*_proxy", "SSL_CERT_*"],
  ...["ComSpec", "PATHEXT", "SystemRoot", "windir"],
  "VAULTLINK_*",
];
/** Read in any case by the programs that honour them. */
const ANY_CASE: ReadonlySet<string> = new Set(["*_proxy"]);

/** Whether a name needs its user's permission. On Windows names have no case. */
export function isDangerous(name: string, platform: NodeJS.Platform): boolean {
  return DANGEROUS.some((pattern) => {
    const folds = platform === "win32" || ANY_CASE.has(pattern);
    return folds ? matches(name.toUpperCase(), pattern.toUpperCase()) : matches(name, pattern);
  });
}

function matches(name: string, pattern: string): boolean {
  if (pattern.startsWith("*")) return name.endsWith(pattern.slice(1));
  return pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

/** Throws `invalid_config` for a link whose name cannot be, or must not be, an environment variable. */
export function checkName(name: string, about: { platform: NodeJS.Platform; allowed: readonly string[] }): void {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    throw new SecretError("invalid_config", "This name is no environment variable: letters, digits and _ only.", {
      mend: "vaultlink run --only <names> -- <command>",
    });
  }
  if (isDangerous(name, about.platform) && !about.allowed.includes(name)) {
    throw new SecretError(
      "invalid_config",
      "A variable of this name changes what programs do, so no link may set it.",
      {
        mend: `Add "${name}" to "allowedNames" in your own configuration if it must`,
      },
    );
  }
}
