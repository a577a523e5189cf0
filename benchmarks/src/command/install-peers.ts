import { mkdirSync } from "node:fs";
import { run } from "../run-process.ts";
import { PEERS, PINNED, versionOf } from "./peers.ts";

/** Installs what is not there yet of the tools that `vaultlink` is measured beside: `pnpm run peers`. Takes minutes, once. */
mkdirSync(PEERS, { recursive: true });
for (const peer of PINNED) {
  const before = versionOf(peer);
  if (before !== undefined) {
    console.log(`${peer.name} ${before} is there.`);
    continue;
  }
  try {
    for (const command of peer.install) await run(command);
    console.log(`${peer.name} ${versionOf(peer) ?? "does not start"}`);
  } catch (error) {
    // The others can still be measured.
    console.log(`${peer.name} ${peer.version} was not installed: ${(error as Error).message}`);
  }
}
