import { type Load, loadDatabase } from "./load.ts";

/** Loads the database as the first argument says, in JSON, and prints what came of it. */
console.log(JSON.stringify(await loadDatabase(JSON.parse(process.argv[2] ?? "") as Load)));
