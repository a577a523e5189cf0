import { once } from "node:events";
import { type AddressInfo } from "node:net";
import { vault } from "../../examples/recipes/vault.ts";
import { server } from "../../examples/recipes/express.ts";

/** Asks the server of the example once, and prints what it answers. */
if (!server.listening) await once(server, "listening");
const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/charges`);
console.log(answer.status, await answer.text());
server.close();
server.closeAllConnections();
await vault.close();
