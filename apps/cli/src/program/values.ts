import type { GetOptions } from "../commands/get.ts";
import { each } from "./arguments.ts";
import { type CliCommand, Option } from "./command.ts";
import { ANY_DOMAIN, ONLY } from "./shared.ts";
import type { Ready } from "./types.ts";

/** What commander reads of `run`. */
interface RunFlags {
  readonly only?: readonly string[];
  readonly dotenv?: readonly string[];
  readonly envFile?: readonly string[];
  readonly mask?: string;
  readonly maskHex?: boolean;
  readonly anyDomain?: boolean;
  readonly watch?: string;
  readonly watchEvery?: string;
  readonly json?: boolean;
}

/** `get`, `run`. */
export function addValues(program: CliCommand, ready: Ready): void {
  program
    .command("get")
    .description("Print the value of a name or reference.")
    .argument("[name|reference]", "a linked name, or a reference; without it you pick one")
    .option("--refresh", "Ask the vault, whatever is cached.")
    .option("--base64", "Print it as base64: for binary secrets.")
    .option("--raw", "Print the bytes as they are: no line end, no checks.")
    .option("--no-newline", "Print no line end after it.")
    .option(...ANY_DOMAIN)
    .json()
    .examples("vaultlink get DB_PASSWORD", 'vaultlink get "hcv://secret/prod/db?version=3#password"')
    .examplesIn("bash, zsh, fish and cmd", "vaultlink get CERTIFICATE --raw > cert.der")
    .action((name: string | undefined, options: GetOptions) =>
      ready(async (context) => (await import("../commands/get.ts")).get(context, name, options), options),
    );
  program
    .command("run")
    .description("Run a command with the values in its environment. It starts only if every required name resolves.")
    .argument("[command...]", "the command and its arguments")
    .option(...ONLY)
    .option("--dotenv <file>", "Give it the variables of a dotenv file, too; references are resolved.", each)
    // Node looks for this flag in all of a command line before `--`, and takes NODE_OPTIONS from the file before we run.
    .option(
      "--env-file <file>",
      "The same, but Node obeys NODE_OPTIONS in it first: not for a file of somebody else's.",
      each,
    )
    .option("--mask <when>", "Mask the values in its output: auto (where that is no terminal), always, never.", "auto")
    .option("--mask-hex", "Mask them in hexadecimal, too.")
    .option(...ANY_DOMAIN)
    .addOption(
      new Option(
        "--watch [how]",
        "When a secret has a new version, restart the command, or with --watch=SIGHUP send it a signal.",
      ).preset("restart"),
    )
    .option("--watch-every <seconds>", "How often to look for new versions; 60 otherwise.")
    .json()
    .passThroughOptions()
    .examples(
      "vaultlink run -- ./server --port 8080",
      "vaultlink run --only DB_USER,DB_PASSWORD -- psql",
      "vaultlink run --dotenv .env -- npm start",
      "vaultlink run --mask never -- pg_dump --file dump.sql",
      'vaultlink run --watch=SIGHUP -- nginx -g "daemon off;"',
    )
    .action((command: readonly string[], options: RunFlags) =>
      ready(async (context) => {
        const { dotenv = [], envFile = [], ...others } = options;
        const { run } = await import("../commands/run/run.ts");
        return run(context, command, { ...others, dotenv: [...envFile, ...dotenv] });
      }, options),
    );
}
