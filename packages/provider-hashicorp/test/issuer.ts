import { generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** An OIDC provider with one user, who signs in by opening its page, or with a form on it. */
export interface Issuer {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly username: string;
  readonly password: string;
  /** Whether whoever opens the page declines. */
  declines: boolean;
  /** Whether the page is a form: fields `#username` and `#password`, buttons `#sign-in` and `#decline`. */
  asks: boolean;
  stop(): Promise<void>;
}

/** Starts a provider on loopback. Its user is called `anna`. */
export async function startIssuer(): Promise<Issuer> {
  const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = { ...keys.publicKey.export({ format: "jwk" }), kid: "one", use: "sig", alg: "RS256" };
  const clientId = "client-of-the-vault";
  const clientSecret = "vlcanary-client-secret";
  const codes = new Map<string, string>();
  const user = { username: "anna", password: "vlcanary-password-of-anna" };
  const issuer = { clientId, clientSecret, ...user, declines: false, asks: false };
  let url = "";

  const idToken = (nonce: string): string => {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: url, sub: user.username, aud: clientId, nonce, iat: now, exp: now + 300 };
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
    const text = `${part({ alg: "RS256", kid: "one", typ: "JWT" })}.${part(claims)}`;
    return `${text}.${sign("sha256", Buffer.from(text), keys.privateKey).toString("base64url")}`;
  };
  const authorize = (query: URLSearchParams, declines: boolean): string => {
    const back = new URL(query.get("redirect_uri") ?? "");
    const code = `vlcanary-code-${randomUUID()}`;
    codes.set(code, query.get("nonce") ?? "");
    back.searchParams.set("state", query.get("state") ?? "");
    back.searchParams.set(declines ? "error" : "code", declines ? "access_denied" : code);
    return back.href;
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", url);
    const say = (status: number, body: object): void =>
      void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    const sendTo = (location: string): void => void response.writeHead(302, { location }).end();
    if (pathname === "/authorize" && issuer.asks) {
      return void readForm(request).then((form) => {
        const declines = form.has("decline");
        const known = form.get("username") === user.username && form.get("password") === user.password;
        if (declines || known) return sendTo(authorize(searchParams, declines));
        return response.writeHead(200, { "content-type": "text/html" }).end(FORM);
      });
    }
    if (pathname === "/authorize") return sendTo(authorize(searchParams, issuer.declines));
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

/** Sent back to where it came from, query and all. */
const FORM = `<!doctype html><title>Sign in</title><form method="post">
<input id="username" name="username"><input id="password" name="password" type="password">
<button id="sign-in">Sign in</button><button id="decline" name="decline">Decline</button></form>`;

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk as string;
  return new URLSearchParams(text);
}
