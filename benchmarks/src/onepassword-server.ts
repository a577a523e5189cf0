import { type OnePasswordStandIn, startOnePassword } from "@vaultlink/stand-ins";

/*
 * The stand-in in a process of its own: its part of a login computes as long as the SDK's own, and must not count as
 * somebody else's. Says its token when it is ready, and its requests since it was asked last whenever it is asked.
 */
const server: OnePasswordStandIn = await startOnePassword();
process.on("message", () => {
  process.send?.({ requests: server.log.count() });
  server.log.clear();
});
process.once("disconnect", () => void server.stop());
process.send?.({ token: server.tokenOf("app") });
