import { createInterface } from "node:readline";

/* A provider that is a program: it crashes when it is asked for `crash`, and says nothing when it is asked for `hang`. */
const answer = (id: unknown, result: object): void =>
  void process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", id, result })}\n`);

interface Request {
  readonly id?: number;
  readonly method: string;
  readonly params?: { readonly locator?: { readonly path: string }; readonly path?: string };
}

createInterface({ input: process.stdin }).on("line", (line) => {
  const { id, method, params } = JSON.parse(line) as Request;
  if (method === "rpc.initialize") {
    const application = { identity: String(process.pid) };
    return answer(id, { protocol: "vaultlink.provider", version: 1, methods: ["provider.read"], application });
  }
  if (method === "rpc.shutdown") process.exit(0);
  if (method !== "provider.read") return undefined;
  const path = params?.locator?.path ?? params?.path;
  if (path === "crash") process.exit(1);
  if (path !== "hang") answer(id, { text: Object.keys(process.env).toSorted().join() });
  return undefined;
});
