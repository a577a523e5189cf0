import { repositoryAddress, writeRepository } from "./release/manifests.ts";

/* Writes the repository's address into every published manifest, from its one place. */
const address = repositoryAddress();
if (address === undefined) {
  console.error('Set "repository" in package.json first, to the address that a browser opens.');
  process.exitCode = 1;
} else for (const name of writeRepository(address)) console.log(`${name} names ${address}`);
