export { findRedis } from "./find-redis.ts";
export { type Redis, startRedis } from "./redis.ts";
