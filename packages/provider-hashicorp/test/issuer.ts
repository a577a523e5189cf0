import { generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** An OIDC provider with one user, who signs in by opening its page. */
export interface Issuer {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Whether whoever opens the page declines. */
  declines: boolean;
  stop(): Promise<void>;
}

/** Starts a provider on loopback. Its user is called `anna`. */
export async function startIssuer(): Promise<Issuer> {
  const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = { ...keys.publicKey.export({ format: "jwk" }), kid: "one", use: "sig", alg: "RS256" };
  const clientId = "client-of-the-vault";
  const clientSecret = "vlcanary-client-secret";
  const codes = new Map<string, string>();
  const issuer = { clientId, clientSecret, declines: false };
  let url = "";

  const idToken = (nonce: string): string => {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: url, sub: "anna", aud: clientId, nonce, iat: now, exp: now + 300 };
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
    const text = `${part({ alg: "RS256", kid: "one", typ: "JWT" })}.${part(claims)}`;
    return `${text}.${sign("sha256", Buffer.from(text), keys.privateKey).toString("base64url")}`;
  };
  const authorize = (query: URLSearchParams): string => {
    const back = new URL(query.get("redirect_uri") ?? "");
    const code = `vlcanary-code-${randomUUID()}`;
    codes.set(code, query.get("nonce") ?? "");
    back.searchParams.set("state", query.get("state") ?? "");
    back.searchParams.set(issuer.declines ? "error" : "code", issuer.declines ? "access_denied" : code);
    return back.href;
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", url);
    const say = (status: number, body: object): void =>
      void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (pathname === "/authorize") return void response.writeHead(302, { location: authorize(searchParams) }).end();
    if (pathname === "/keys") return say(200, { keys: [key] });
    if (pathname === "/token") {
      return void readForm(request).then((form) => {
        const nonce = codes.get(form.get("code") ?? "");
        codes.delete(form.get("code") ?? "");
        if (nonce === undefined) return say(400, { error: "invalid_grant" });
        return say(200, { access_token: "vlcanary-access", token_type: "Bearer", id_token: idToken(nonce) });
      });
    }
    return say(200, {
      issuer: url,
      authorization_endpoint: `${url}/authorize`,
      token_endpoint: `${url}/token`,
      jwks_uri: `${url}/keys`,
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(issuer, {
    url,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk as string;
  return new URLSearchParams(text);
}
