import type { ExportOptions } from "../commands/export/export.ts";
import type { InjectOptions } from "../commands/inject/inject.ts";
import type { CliCommand } from "./command.ts";
import { ANY_DOMAIN, ONLY } from "./shared.ts";
import type { Ready } from "./types.ts";

/** `inject`, `export`. */
export function addHandOn(program: CliCommand, ready: Ready): void {
  program
    .command("inject")
    .description("Fill a template: {{vault:NAME}} and {{vault:reference}} become values, or nothing is written.")
    .option("-i, --in <file>", "The template; standard input otherwise.")
    .option("-o, --out <file>", "A new file for you alone (mode 0600); standard output otherwise.")
    .option("--force", "Replace the file that is there.")
    .option("--allow-unresolved", "Leave what does not resolve as it is, and say so.")
    .option(...ANY_DOMAIN)
    .json()
    .examples(
      "vaultlink inject -i config.template.yml -o config.yml",
      "vaultlink inject -i secret.template.yml | kubectl apply -f -",
    )
    .action((options: InjectOptions) =>
      ready(async (context) => (await import("../commands/inject/inject.ts")).inject(context, options), options),
    );
  program
    .command("export")
    .description("Print values for others to read. Nothing is printed unless every required name resolves.")
    .argument("[names...]", "linked names; all otherwise")
    .option(
      "--format <format>",
      "dotenv, json, yaml, shell (sh, bash, dash, zsh), fish, powershell, github ($GITHUB_ENV), docker (--env-file).",
      "dotenv",
    )
    .option(...ONLY)
    .option(...ANY_DOMAIN)
    .json()
    .examples("vaultlink export DB_USER DB_PASSWORD --format json")
    .examplesIn(
      "bash and zsh",
      'eval "$(vaultlink export --format shell)"',
      'vaultlink export --format github >> "$GITHUB_ENV"',
      "docker run --env-file <(vaultlink export --format docker) image",
    )
    .examplesIn("fish", "vaultlink export --format fish | source")
    .examplesIn("PowerShell", "vaultlink export --format powershell | Out-String | Invoke-Expression")
    .action((given: readonly string[], options: ExportOptions) =>
      ready(
        async (context) => (await import("../commands/export/export.ts")).exportValues(context, given, options),
        options,
      ),
    );
}
