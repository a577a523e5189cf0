import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A cluster's API as far as the vault asks it: whose a service account's token is. */
export interface Reviewer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a reviewer that knows one token, as that of a service account in the namespace `default`. */
export async function startReviewer(known: string, account: string): Promise<Reviewer> {
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      const { spec } = JSON.parse(body) as { spec: { token: string } };
      const user = { username: `system:serviceaccount:default:${account}`, uid: "uid-of-account", groups: [] };
      const status =
        spec.token === known ? { authenticated: true, user, audiences: ["vault"] } : { authenticated: false };
      const review = { kind: "TokenReview", apiVersion: "authentication.k8s.io/v1", status };
      response.writeHead(201, { "content-type": "application/json" }).end(JSON.stringify(review));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
