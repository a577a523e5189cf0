import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";

/** A proxy as a company has one, on loopback. */
export interface ConnectProxy {
  /** For `HTTPS_PROXY`. */
  readonly url: string;
  /** Hosts and ports that were asked for. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

/**
 * Tunnels to loopback, and refuses every other host: its name can be seen, and nothing leaves the machine. `leads` sends
 * hosts and ports to addresses on loopback, and no others anywhere; a `silent` one never answers.
 */
export async function connectProxy({
  silent = false,
  leads,
}: {
  readonly silent?: boolean;
  readonly leads?: Readonly<Record<string, string>>;
} = {}): Promise<ConnectProxy> {
  const asked: string[] = [];
  const open = new Set<Socket>();
  const server = createServer();
  server.on("connection", (socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  server.on("connect", ({ url = "" }, client: Socket) => {
    asked.push(url);
    client.on("error", () => client.destroy());
    if (silent) return;
    const to = leads === undefined ? `http://${url}` : leads[url];
    const target = to === undefined ? null : URL.parse(to);
    if (target?.hostname !== "127.0.0.1") return void client.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    const onward = connect(Number(target.port), "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      onward.pipe(client).pipe(onward);
    });
    onward.on("error", () => client.destroy());
    client.once("close", () => onward.destroy());
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
