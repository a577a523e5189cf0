import type { LinkOptions } from "../commands/link.ts";
import type { RelinkOptions } from "../commands/relink.ts";
import type { SearchOptions } from "../commands/search/search.ts";
import type { CliCommand } from "./command.ts";
import type { Ready } from "./types.ts";

type Json = { readonly json?: boolean };

/** `search`, `link`, `relink`, `unlink`, `list`. */
export function addLinks(program: CliCommand, ready: Ready): void {
  program
    .command("search")
    .description("Show what a connection holds: references to link, as they come in. Never a value.")
    .argument("<connection>", "the connection")
    .argument("[query]", "only what has this in its path")
    .option("--prefix <path>", "Begin there, as the vault names it.")
    .option("--limit <number>", "Names at most.", "200")
    .json()
    .examples(
      "vaultlink search hcv",
      "vaultlink search hcv postgres --prefix secret/prod/",
      "vaultlink search aws db --limit 1000 --json",
    )
    .action((connection: string, query: string | undefined, options: SearchOptions & Json) =>
      ready(
        async (context) => (await import("../commands/search/search.ts")).search(context, connection, query, options),
        options,
      ),
    );
  program
    .command("link")
    .description("Bind a new name to a secret. With a reference, no vault is asked.")
    .argument("<name>", "the name, e.g. DB_PASSWORD")
    .argument(
      "[reference]",
      "connection://path#field, or the vault's own identifier; without it you pick a secret, and a script declares the name only",
    )
    .option("--user", "Keep the link for yourself instead of in vaultlink.json.")
    .json()
    .examples(
      "vaultlink link DB_PASSWORD hcv://secret/prod/db#password",
      "vaultlink link DB_PASSWORD hcv://secret/dev/db#password --user",
    )
    .action((name: string, reference: string | undefined, options: LinkOptions & Json) =>
      ready(async (context) => (await import("../commands/link.ts")).link(context, name, reference, options), options),
    );
  program
    .command("relink")
    .description("Point a name at another secret, once its vault gave that one.")
    .argument("<name>", "a linked name")
    .argument("[reference]", "the new reference; you pick a secret otherwise")
    .option("--no-verify", "Do not read the new secret first.")
    .option("--dry-run", "Show the old and the new reference and change nothing.")
    .json()
    .examples("vaultlink relink DB_PASSWORD hcv://secret/prod/db2#password", "vaultlink relink DB_PASSWORD --dry-run")
    .action((name: string, reference: string | undefined, options: RelinkOptions & Json) =>
      ready(
        async (context) => (await import("../commands/relink.ts")).relink(context, name, reference, options),
        options,
      ),
    );
  program
    .command("unlink")
    .description("Forget a name. The secret stays where it is.")
    .argument("<name>", "a linked name")
    .json()
    .examples("vaultlink unlink DB_PASSWORD")
    .action((name: string, options: Json) =>
      ready(async (context) => (await import("../commands/unlink.ts")).unlink(context, name), options),
    );
  program
    .command("list")
    .description("Show names, what they stand for, and what stands in their way. Never a value.")
    .option("--names", "Only the names, one a line.")
    .json()
    .examples("vaultlink list", "vaultlink list --json")
    .action((options: Json & { readonly names?: boolean }) =>
      ready(async (context) => {
        const { list, listNames } = await import("../commands/list.ts");
        return options.names ? listNames(context) : list(context);
      }, options),
    );
}
