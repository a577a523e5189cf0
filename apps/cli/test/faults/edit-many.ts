import { change } from "../../src/config/change.ts";
import { PROJECT } from "../../src/config/file-kinds.ts";
import { ANYBODYS } from "../../src/config/permissions.ts";
import { readConfig } from "../../src/config/read.ts";
import { CliError } from "../../src/failure.ts";

/** Links names one after the other, each until it is written; prints those that were: `edit-many.ts <file> <prefix> <count>`. */
const [file = "", prefix = "", count = "0"] = process.argv.slice(2);
for (let at = 0; at < Number(count);) {
  const keys = ["links", `${prefix}${at}`];
  try {
    await change(await readConfig(file, PROJECT.schema, ANYBODYS), PROJECT, [{ keys, value: null }]);
    process.stdout.write(`${prefix}${at}\n`);
    at++;
  } catch (error) {
    if (!(error instanceof CliError && error.code === "conflict")) throw error;
  }
}
