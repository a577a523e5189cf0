import { createInterface } from "node:readline";

/*
 * A provider that is a program. It ends without a word when it is asked for `crash`, and prints when asked for `print`.
 * Signing in costs it two requests, and a read one.
 */
let requests = 2;
const say = (id: number, result: string): void =>
  void process.stdout.write(`{"jsonrpc":"2.0","id":${id},"result":${result}}\n`);

const refuse = (id: number, code: string): void => {
  const error = { code: -32_008, message: "refused", data: { code, requests } };
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", id, error })}\n`);
};

createInterface({ input: process.stdin }).on("line", (line) => {
  const { id, method, params } = JSON.parse(line) as {
    readonly id: number;
    readonly method: string;
    readonly params: { readonly path: string; readonly options: { readonly url: string }; readonly env: object };
  };
  if (method === "provider.where") {
    const facts = [{ what: "variables", value: Object.keys(params.env).join(), variable: "ACME_KEY" }];
    return say(id, JSON.stringify({ facts, address: params.options.url, ca_file: null }));
  }
  if (method === "rpc.initialize") {
    const hello = { protocol: "vaultlink.provider", version: 1, methods: ["provider.read"] };
    return say(id, JSON.stringify({ ...hello, application: { identity: "somebody", roles: ["reader"], requests } }));
  }
  if (method === "rpc.shutdown") process.exit(0);
  if (method !== "provider.read") return undefined;
  requests++;
  switch (params.path) {
    case "crash":
      return process.exit(1);
    case "print":
      process.stdout.write("Now reading a secret\n");
      break;
    case "pid":
      return say(id, JSON.stringify({ text: String(process.pid) }));
    case "digits":
      return say(id, '{"fields":{"account":12345678901234567890,"price":1.50},"expires_at_unix_ms":4102444800000.0}');
    case "gone":
      return refuse(id, "not_found");
    case "declined":
      return refuse(id, "aborted");
    case "unknown":
      return refuse(id, "forbidden");
    default:
  }
  return say(id, JSON.stringify({ text: "vlcanary-text", requests }));
});
