import { pool, query } from "../../examples/recipes/pg.ts";
import { vault } from "../../examples/recipes/vault.ts";
import { rotation } from "./rotation.ts";

/** Queries with the old password, and again when it was changed. */
await rotation(async () => JSON.stringify((await query("select $1::int as one", [1])).rows));
await pool.end();
await vault.close();
