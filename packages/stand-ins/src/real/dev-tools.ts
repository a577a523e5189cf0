/** A line to a browser that takes orders. https://chromedevtools.github.io/devtools-protocol/ */
export interface DevTools {
  /** Gives one order, to a page if `session` names one. Rejects if the browser refuses it, or is gone. */
  send(method: string, params?: object, session?: string): Promise<Readonly<Record<string, unknown>>>;
}

interface Waiting {
  readonly resolve: (result: Readonly<Record<string, unknown>>) => void;
  readonly reject: (error: Error) => void;
}

interface Message {
  readonly id?: number;
  readonly result?: Readonly<Record<string, unknown>>;
}

export async function openDevTools(address: string): Promise<DevTools> {
  const socket = new WebSocket(address);
  const waiting = new Map<number, Waiting>();
  let last = 0;
  socket.addEventListener("message", ({ data }) => {
    const { id, result } = JSON.parse(String(data)) as Message;
    if (id === undefined) return;
    const asked = waiting.get(id);
    waiting.delete(id);
    if (result === undefined) asked?.reject(new Error("The browser refused an order."));
    else asked?.resolve(result);
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.addEventListener("open", () => resolve());
  socket.addEventListener("close", () => {
    const gone = new Error("The browser is gone.");
    reject(gone);
    for (const asked of waiting.values()) asked.reject(gone);
    waiting.clear();
  });
  await promise;
  return {
    send: (method, params = {}, session) =>
      new Promise((done, failed) => {
        last += 1;
        waiting.set(last, { resolve: done, reject: failed });
        socket.send(JSON.stringify({ id: last, method, params, ...(session && { sessionId: session }) }));
      }),
  };
}
