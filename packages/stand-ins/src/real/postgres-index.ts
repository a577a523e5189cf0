export { findPostgres, type PostgresFound } from "./find-postgres.ts";
export { type Postgres, startPostgres } from "./postgres.ts";
