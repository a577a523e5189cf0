import type { IPty } from "@lydell/node-pty";

/** What the library's types do not tell. */
interface WithSocket {
  readonly _socket: { destroy(error?: Error): unknown };
}

/**
 * Keeps a terminal open until everything was read. The library closes it 200 ms after the end of the program, read or not,
 * which loses the program's last words on a busy machine. On Linux the reading ends by itself, with EIO, once no program has
 * the terminal open. Returns what lets it be closed before.
 */
export function readToTheEnd(pty: IPty): () => void {
  if (process.platform !== "linux") return () => {};
  const { _socket: socket } = pty as IPty & WithSocket;
  const destroy = socket.destroy.bind(socket);
  socket.destroy = (error) => (error === undefined ? socket : destroy(error));
  return () => void (socket.destroy = destroy);
}
