/** A line to a browser that takes orders. https://chromedevtools.github.io/devtools-protocol/ */
export interface DevTools {
  /** Gives one order, to a page if `session` names one. Rejects if the browser refuses it, or is gone. */
  send(method: string, params?: object, session?: string): Promise<Fields>;
  /** Waits until a page tells of something. Rejects if the browser is gone before. */
  told(method: string, session: string, matches: (params: Fields) => boolean): Promise<void>;
}

type Fields = Readonly<Record<string, unknown>>;

interface Waiting {
  readonly resolve: (result: Fields) => void;
  readonly reject: (error: Error) => void;
}

interface Message {
  readonly id?: number;
  readonly result?: Fields;
  readonly method?: string;
  readonly params?: Fields;
  readonly sessionId?: string;
}

export async function openDevTools(address: string): Promise<DevTools> {
  const socket = new WebSocket(address);
  const waiting = new Map<number, Waiting>();
  const listening = new Set<Waiting & { readonly hears: (message: Message) => boolean }>();
  let last = 0;
  socket.addEventListener("message", ({ data }) => {
    const message = JSON.parse(String(data)) as Message;
    const { id, params = {}, result } = message;
    for (const listener of listening) if (listener.hears(message)) listener.resolve(params);
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
    for (const one of [...waiting.values(), ...listening]) one.reject(gone);
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
    told: async (method, session, matches) => {
      const { promise: heard, ...ends } = Promise.withResolvers<Fields>();
      const hears = (message: Message): boolean =>
        message.method === method && message.sessionId === session && matches(message.params ?? {});
      const listener = { ...ends, hears };
      listening.add(listener);
      await heard.finally(() => listening.delete(listener));
    },
  };
}
