import { createServer } from "node:net";

/** A free port of loopback whose next one is free too: OpenBao takes both. */
export async function twoFreePorts(): Promise<number> {
  for (let tries = 0; tries < 20; tries += 1) {
    const port = await probe(0);
    if (port !== undefined && port < 65_535 && (await probe(port + 1)) !== undefined) return port;
  }
  throw new Error("No two free ports in a row were found.");
}

function probe(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? address?.port : undefined));
    });
  });
}
