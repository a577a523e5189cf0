import { connect } from "../../examples/recipes/ioredis.ts";
import { vault } from "../../examples/recipes/vault.ts";
import { rotation } from "./rotation.ts";

/** Connects with the old password, and again when it was changed. */
await rotation(async () => {
  const client = await connect();
  const answer = await client.ping();
  client.disconnect();
  return answer;
});
await vault.close();
