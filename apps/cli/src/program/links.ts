import type { BulkOptions } from "../commands/import/bulk.ts";
import type { LinkFromOptions } from "../commands/import/link-from.ts";
import type { LinkOptions } from "../commands/link.ts";
import type { RelinkOptions } from "../commands/relink.ts";
import type { SearchOptions } from "../commands/search/search.ts";
import type { CliContext } from "../context.ts";
import { usage } from "../failure.ts";
import type { Message } from "../output/result.ts";
import { each } from "./arguments.ts";
import type { CliCommand } from "./command.ts";
import { DRY_RUN, PREFIX, USER, YES } from "./shared.ts";
import type { Json, Ready } from "./types.ts";

type LinkFlags = LinkOptions & LinkFromOptions & Json & { readonly from?: string };

/** One name, or with `--from` many. */
async function linkOneOrMany(
  context: CliContext,
  name: string | undefined,
  reference: string | undefined,
  { from, ...options }: LinkFlags,
): Promise<Message> {
  if (from === undefined) refuseForMany(options);
  if (from !== undefined) {
    if (name !== undefined) throw usage("Give a name, or --from for many.", "vaultlink link --help");
    return (await import("../commands/import/link-from.ts")).linkFrom(context, from, options);
  }
  if (name === undefined) throw usage("vaultlink link needs <name>.", "vaultlink link --help");
  return (await import("../commands/link.ts")).link(context, name, reference, options);
}

/** Throws `usage` for options that say nothing about one name. */
function refuseForMany({ prefix, tag, dryRun }: Omit<LinkFlags, "from">): void {
  const given = [
    ...(prefix === undefined ? [] : [{ flag: "--prefix", form: "--prefix …" }]),
    ...(tag === undefined ? [] : [{ flag: "--tag", form: "--tag …" }]),
    ...(dryRun === true ? [{ flag: "--dry-run", form: "--dry-run" }] : []),
  ];
  if (given.length === 0) return;
  const flags = given.map(({ flag }) => flag).join(" and ");
  throw usage(
    `${flags} ${given.length > 1 ? "are" : "is"} for many names at once, which --from takes from a connection.`,
    `vaultlink link --from <connection> ${given.map(({ form }) => form).join(" ")}`,
  );
}

/** `search`, `link`, `relink`, `unlink`, `list`. */
export function addLinks(program: CliCommand, ready: Ready): void {
  program
    .command("search")
    .description("Show what a connection holds: references to link, as they come in. Never a value.")
    .argument("<connection>", "the connection")
    .argument("[query]", "only what has this in its path")
    .option(...PREFIX)
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
    .argument("[name]", "the name, e.g. DB_PASSWORD")
    .argument(
      "[reference]",
      "connection://path#field, or the vault's own identifier, in double quotes where it has blanks or any of ?&$; without it you pick a secret, and a script declares the name only",
    )
    .option(...USER)
    .option("--from <connection>", "Link what this connection holds, instead of one name; shown first.")
    .option(...PREFIX)
    .option("--tag <tag>", "Only what has this tag, as key or key=value; may be repeated.", each)
    .option(...DRY_RUN)
    .option(...YES)
    .json()
    .examples(
      "vaultlink link DB_PASSWORD hcv://secret/prod/db#password",
      'vaultlink link DB_PASSWORD "hcv://secret/prod/db?version=3#password"',
      "vaultlink link DB_PASSWORD hcv://secret/dev/db#password --user",
      "vaultlink link --from hcv --prefix secret/app/ --dry-run",
      "vaultlink link --from aws --tag team=payments",
    )
    .action((name: string | undefined, reference: string | undefined, options: LinkFlags) =>
      ready(async (context) => linkOneOrMany(context, name, reference, options), options),
    );
  program
    .command("import")
    .description("Link the names of a dotenv file whose values are references, or of a Postman collection.")
    .argument("<file>", "the file; one that ends with .json is a collection, whose names are declared only")
    .option(...USER)
    .option(...DRY_RUN)
    .option(...YES)
    .json()
    .examples("vaultlink import .env --dry-run", "vaultlink import collection.json")
    .action((file: string, options: BulkOptions & Json) =>
      ready(
        async (context) => (await import("../commands/import/import.ts")).importFile(context, file, options),
        options,
      ),
    );
  program
    .command("relink")
    .description("Point a name at another secret, once its vault gave that one.")
    .argument("<name>", "a linked name")
    .argument("[reference]", "the new reference; you pick a secret otherwise")
    .option("--no-verify", "Do not read the new secret first.")
    .option(...DRY_RUN)
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
