import { resolve as resolvePath } from "node:path";
import { readText } from "../../config/read-file.ts";
import type { CliContext } from "../../context.ts";
import { usage } from "../../failure.ts";
import { clean } from "../../output/clean.ts";
import type { Message } from "../../output/result.ts";
import { configure } from "../../vault/with-vault.ts";
import { type BulkOptions, linkAll } from "./bulk.ts";
import { fromDotenv, fromPostman } from "./sources.ts";

/** Links the names of a file: a dotenv file whose values are references, or a Postman collection. */
export async function importFile(context: CliContext, file: string, options: BulkOptions = {}): Promise<Message> {
  const configuration = await configure(context);
  const path = resolvePath(context.cwd, file);
  const text = await readText(path, { uid: context.uid, owned: false, above: false });
  if (text === undefined) throw usage(`${clean(file)}: There is no such file.`, "vaultlink import --help");
  const source = file.endsWith(".json") ? fromPostman(text) : await fromDotenv(context, configuration, text);
  return linkAll(context, configuration, source, options);
}
