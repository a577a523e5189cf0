import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/**
 * A free port of loopback whose next one is free too: OpenBao takes both. Below those that systems give out by
 * themselves, so that no other connection takes it before the server does.
 */
export async function twoFreePorts(): Promise<number> {
  for (let tries = 0; tries < 50; tries += 1) {
    const port = randomInt(20_000, 32_000);
    if ((await isFree(port)) && (await isFree(port + 1))) return port;
  }
  throw new Error("No two free ports in a row were found.");
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
