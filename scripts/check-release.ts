import { publishedPackages, repositoryAddress } from "./release/manifests.ts";
import { releaseObstacles } from "./release/obstacles.ts";

/* Refuses to publish what could not be found again: no repository, no version. */
const obstacles = releaseObstacles(repositoryAddress(), publishedPackages());
for (const obstacle of obstacles) console.error(obstacle);
process.exitCode = obstacles.length === 0 ? 0 : 1;
