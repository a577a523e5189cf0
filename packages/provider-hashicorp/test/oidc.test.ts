import { createServer } from "node:net";
import { expect, it } from "vitest";
import { type AuthOptions, hashicorp, plugin } from "../src/index.ts";
import { follow, freePort, person } from "./person.ts";
import { context, refused, useVault } from "./support.ts";

/* What can go wrong on the way through a browser, with a stand-in's answers. Successes are on OpenBao. */

const server = useVault();
const PAGE = "https://issuer.test/authorize?state=right&nonce=n";

/** Signs in at a vault that offers `page`, with a browser that does `visit`. */
async function signIn(
  page: string,
  visit: (back: URL) => Promise<unknown>,
  lent: { readonly signal?: AbortSignal } = {},
): Promise<{ readonly opening: Promise<unknown>; readonly back: URL; readonly pages: readonly URL[] }> {
  const callbackPort = await freePort();
  const back = new URL(`http://127.0.0.1:${callbackPort}/oidc/callback`);
  const body = { request_id: "r", data: { auth_url: page } };
  server.vault.fault({ on: "POST /v1/auth/oidc/oidc/auth_url", kind: "status", status: 200, body });
  const anna = person(() => visit(back));
  const auth: AuthOptions = { method: "oidc", callbackPort };
  const opening = hashicorp({ address: server.vault.url, auth }).open(context({}, { prompter: anna, ...lent }));
  return { opening, back, pages: anna.pages };
}
const withQuery = (back: URL, query: Record<string, string>): URL => {
  const url = new URL(back);
  url.search = new URLSearchParams(query).toString();
  return url;
};

it("neither signs in nor gives up when somebody knocks who does not know the state", async () => {
  const answers: number[] = [];
  const knock = async (url: URL, headers: Record<string, string> = {}): Promise<void> => {
    answers.push((await fetch(url, { headers })).status);
  };
  const { opening } = await signIn(PAGE, async (back) => {
    await knock(withQuery(back, { state: "wrong", code: "vlcanary-code" }));
    await knock(withQuery(back, { code: "vlcanary-code" }));
    await knock(withQuery(back, { state: "wrong", error: "access_denied" }));
    await knock(new URL("/elsewhere?state=right&code=vlcanary-code", back));
    await knock(withQuery(back, { state: "right", error: "server_error" }));
  });
  const error = await refused(opening, "unauthenticated");
  expect(error.details.hint).toBe("vaultlink reauth");
  await expect.poll(() => answers).toEqual([404, 404, 404, 404, 200]);
  expect(server.vault.log.requests.map(({ path }) => path)).toEqual(["/v1/auth/oidc/oidc/auth_url"]);
});

it("stops listening when the sign-in is cancelled or its time is over", async () => {
  const controller = new AbortController();
  const { opening, back } = await signIn(PAGE, async () => controller.abort(), { signal: controller.signal });
  await refused(opening, "aborted");
  await expect(fetch(back)).rejects.toThrow("fetch failed");
});

it("stops listening when the person declines to open the page", async () => {
  const { opening, back } = await signIn(PAGE, () => Promise.reject(new Error("no")));
  await refused(opening, "aborted");
  await expect(fetch(back)).rejects.toThrow("fetch failed");
});

it.each([
  "http://issuer.test/authorize?state=right",
  "https://issuer.test/authorize",
  "file:///etc/passwd?state=right",
  "no page",
])("sends nobody to %s", async (page) => {
  const { opening, pages } = await signIn(page, follow);
  await refused(opening, "invalid_config");
  expect(pages).toEqual([]);
});

it("needs a person, and says so without listening or asking the vault", async () => {
  for (const more of [{}, { clientId: "client" }] as const) {
    const auth: AuthOptions = { method: "oidc", ...more };
    const error = await refused(hashicorp({ address: server.vault.url, auth }).open(context({})), "unauthenticated");
    expect(error.details.hint).toBe("vaultlink reauth");
  }
  expect(server.vault.log.count()).toBe(0);
});

it("says so when the port is taken", async () => {
  const callbackPort = await freePort();
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(callbackPort, "127.0.0.1", resolve));
  const auth: AuthOptions = { method: "oidc", callbackPort };
  const lent = context({}, { prompter: person(follow) });
  const error = await refused(hashicorp({ address: server.vault.url, auth }).open(lent), "unavailable");
  expect(error.message).toContain(`port ${callbackPort} `);
  await new Promise((resolve) => other.close(resolve));
});

/** A provider's answers, and what reached it, for the sign-in in two steps. */
function provider(answers: Readonly<Record<string, unknown>>): {
  readonly fetch: typeof fetch;
  readonly paths: string[];
} {
  const paths: string[] = [];
  return {
    paths,
    fetch: (input) => {
      const { pathname } = new URL(input instanceof Request ? input.url : input);
      paths.push(pathname);
      return Promise.resolve(
        Response.json(answers[pathname] ?? { errors: [] }, { status: pathname in answers ? 200 : 404 }),
      );
    },
  };
}
const ISSUER = "https://vault.test/v1/identity/oidc/provider/default";
const DISCOVERY = "/v1/identity/oidc/provider/default/.well-known/openid-configuration";
const SOUND = { issuer: ISSUER, authorization_endpoint: "https://vault.test/ui", token_endpoint: `${ISSUER}/token` };

it.each([
  ["calls itself otherwise", { ...SOUND, issuer: "https://other.test" }],
  ["takes the code to another host", { ...SOUND, token_endpoint: "https://other.test/token" }],
  ["has a page that anybody may change", { ...SOUND, authorization_endpoint: "http://vault.test/ui" }],
  ["is none", { errors: [] }],
])("refuses a provider that %s", async (_what, discovery) => {
  const { fetch: send, paths } = provider({ [DISCOVERY]: discovery });
  const anna = person(follow);
  const auth: AuthOptions = { method: "oidc", clientId: "client" };
  const opening = hashicorp({ address: "https://vault.test", auth, fetch: send }).open(context({}, { prompter: anna }));
  await refused(opening, "invalid_config");
  expect(paths).toEqual([DISCOVERY]);
  expect(anna.pages).toEqual([]);
});

it("does not sign in with an id token of another sign-in", async () => {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { iss: ISSUER, aud: "client", sub: "anna", nonce: "of another" };
  const id_token = `${part({ alg: "RS256" })}.${part(claims)}.vlcanary-signature`;
  const token = "/v1/identity/oidc/provider/default/token";
  const { fetch: send, paths } = provider({ [DISCOVERY]: SOUND, [token]: { id_token } });
  const anna = person((page) => {
    const query = { code: "vlcanary-code", state: page.searchParams.get("state") ?? "" };
    return follow(withQuery(new URL(page.searchParams.get("redirect_uri") ?? ""), query));
  });
  const auth: AuthOptions = { method: "oidc", clientId: "client", callbackPort: await freePort() };
  const opening = hashicorp({ address: "https://vault.test", auth, fetch: send }).open(context({}, { prompter: anna }));
  await refused(opening, "unauthenticated");
  expect(paths).toEqual([DISCOVERY, token]);
});

it("takes options of the two steps together only", () => {
  for (const auth of [{ jwtPath: "jwt" }, { providerUrl: ISSUER }, { clientId: "c", mount: "oidc" }]) {
    expect(() => hashicorp({ auth: { method: "oidc", ...auth } })).toThrow(/"auth\.(?:clientId|jwtPath)"/);
  }
  const team = { address: "https://vault.example.com:8200", namespace: "team" };
  const auth = { method: "oidc", jwtPath: "postman-jwt", clientId: "example", role: "postman" };
  expect(plugin.options["~standard"].validate({ ...team, auth })).toEqual({ value: { ...team, auth } });
});
