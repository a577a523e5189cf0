import type { DisconnectOptions } from "../commands/disconnect/disconnect.ts";
import type { StatusOptions } from "../commands/status.ts";
import { PROVIDERS } from "../providers.ts";
import type { CliCommand } from "./command.ts";
import { CHECK, TRUST, YES } from "./shared.ts";
import type { Json, Ready } from "./types.ts";

/** What may be agreed to before the provider is named. */
type Agreed = { readonly trust?: boolean; readonly yes?: boolean };

const agreed = ({ trust, yes }: Agreed): readonly string[] => [
  ...(trust === true ? [TRUST[0]] : []),
  ...(yes === true ? [YES[0]] : []),
];

/** What connections are called that were given no name. */
const USUAL_NAMES = Object.entries(PROVIDERS)
  .map(([provider, { connection }]) => `${connection} (${provider})`)
  .join(", ");

/** `connect`, `reauth`, `disconnect`, `status`. */
export function addConnections(program: CliCommand, ready: Ready): void {
  program
    .command("connect")
    .description("Sign in to a vault and remember how to reach it. Credentials are never remembered.")
    .argument(
      "[provider]",
      `which kind of vault: ${Object.keys(PROVIDERS).join(", ")}; or the package or path of somebody else's; you are asked otherwise`,
    )
    .argument(
      "[arguments...]",
      `a name for the connection, else ${USUAL_NAMES}; and the provider's options, which vaultlink connect <provider> --help shows`,
    )
    .usage("[provider] [name] [options]")
    .option(...TRUST)
    .option(...YES)
    .json()
    .addHelpText(
      "after",
      "\nAt a terminal you are asked for whatever is not given. Enter keeps what a question already shows: what\nwas found on this machine, or your answer before.\n\nYou are asked, too, before code of others runs, and before links of the connection lead to\nanother vault. --trust agrees to the one, --yes to the other.",
    )
    .passThroughOptions()
    .allowUnknownOption()
    .examples(
      "vaultlink connect",
      "vaultlink connect hashicorp --help",
      "vaultlink connect hashicorp hcv --address https://vault.example.com",
      "vaultlink connect vaultlink-provider-acme --help",
      "vaultlink connect vaultlink-provider-acme acme --url https://vault.acme.example --trust",
    )
    .examplesIn(
      "bash, zsh, fish and cmd",
      "vaultlink connect hashicorp hcv --method approle --role-id app --secret-id-stdin < secret-id",
    )
    .action((provider: string | undefined, rest: readonly string[], options: Agreed & Json) =>
      ready(
        async (context) => (await import("./connect.ts")).connect(context, provider, [...agreed(options), ...rest]),
        {
          json: options.json === true || rest.includes("--json"),
        },
      ),
    );
  program
    .command("reauth")
    .description("Sign in again: to one connection, or to all, one by one.")
    .argument("[arguments...]", "a connection, and options such as --token-stdin")
    .usage("[connection] [options]")
    .json()
    .passThroughOptions()
    .allowUnknownOption()
    .examples("vaultlink reauth", "vaultlink reauth hcv")
    .action((rest: readonly string[], options: Json) =>
      ready(async (context) => (await import("./reauth.ts")).reauth(context, rest), {
        json: options.json === true || rest.includes("--json"),
      }),
    );
  program
    .command("disconnect")
    .description("End a connection here. Its links stay, unresolved, until you connect again.")
    .argument("[connection]", "the connection")
    .option("--link <name>", "The connection of this link.")
    .option("--forget", "Remove it from your own configuration, too.")
    .option(...YES)
    .json()
    .examples(
      "vaultlink disconnect hcv",
      "vaultlink disconnect --link DB_PASSWORD --yes",
      "vaultlink disconnect hcv --forget",
    )
    .action((connection: string | undefined, options: DisconnectOptions & Json) =>
      ready(
        async (context) =>
          (await import("../commands/disconnect/disconnect.ts")).disconnect(context, connection, options),
        options,
      ),
    );
  program
    .command("status")
    .description("Show connections, links and files. Never a value.")
    .option(...CHECK)
    .json()
    .examples("vaultlink status", "vaultlink status --check --json")
    .action((options: StatusOptions & Json) =>
      ready(async (context) => (await import("../commands/status.ts")).status(context, options), options),
    );
}
