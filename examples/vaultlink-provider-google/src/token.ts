import { createPrivateKey, type KeyObject, sign } from "node:crypto";
import { type ErrorCode, SecretError } from "@vaultlink/core";
import { type Context, fieldsOf, type Http } from "@vaultlink/core/provider";
import type { Credentials, SignedIn } from "./sign-in.ts";
import { HINT } from "./options.ts";

const SCOPE = "https://www.googleapis.com/auth/cloud-platform";
const TOKEN_URI = "https://oauth2.googleapis.com/token";
/** The longest life that an assertion may have, in seconds. */
const HOUR = 3600;
/** A grant that is refused is status 400: RFC 6749, 5.2. */
const CODES: Readonly<Record<number, ErrorCode>> = { 400: "unauthenticated" };

type Held = Readonly<Record<string, unknown>>;

/**
 * Credentials of a service account: a signed assertion is exchanged for a token.
 * https://developers.google.com/identity/protocols/oauth2/service-account#httprest, RFC 7523
 */
export async function fromKey(http: Http, held: Held): Promise<Credentials> {
  const { client_email, private_key, private_key_id, project_id, token_uri } = parts(held, {
    ...{ client_email: "string", private_key: "string", private_key_id: "string?" },
    ...{ project_id: "string?", token_uri: "string?" },
  });
  const audience = token_uri ?? TOKEN_URI;
  const key = keyOf(private_key);
  const ask = await tokenServer(http, audience);
  return {
    project: project_id,
    async signIn(context) {
      const now = Math.floor(Date.now() / 1000);
      const claims = { iss: client_email, scope: SCOPE, aud: audience, iat: now, exp: now + HOUR };
      const assertion = signed({ alg: "RS256", typ: "JWT", kid: private_key_id }, claims, key);
      const { token, expiresAt } = await ask(
        { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion },
        context,
      );
      return { token, expiresAt, identity: client_email };
    },
  };
}

/**
 * Credentials of a person, as `gcloud auth application-default login` keeps them. Who it is, is known if the login asked
 * for it: then an identity token comes along. https://developers.google.com/identity/protocols/oauth2/native-app#offline
 */
export async function fromRefreshToken(http: Http, held: Held): Promise<Credentials> {
  const { client_id, client_secret, refresh_token, quota_project_id, token_uri } = parts(held, {
    ...{ client_id: "string", client_secret: "string", refresh_token: "string" },
    ...{ quota_project_id: "string?", token_uri: "string?" },
  });
  const ask = await tokenServer(http, token_uri ?? TOKEN_URI);
  // Who pays for what a person asks: https://docs.cloud.google.com/apis/docs/system-parameters
  if (quota_project_id !== undefined) http.use({ "x-goog-user-project": quota_project_id });
  return {
    project: quota_project_id,
    signIn: (context) => ask({ grant_type: "refresh_token", client_id, client_secret, refresh_token }, context),
  };
}

type Ask = (form: Readonly<Record<string, string>>, context: Pick<Context, "signal">) => Promise<SignedIn>;

async function tokenServer(http: Http, uri: string): Promise<Ask> {
  const { origin, pathname } = URL.parse(uri) ?? { origin: uri, pathname: "" };
  const server = await http.connect({ url: origin, codes: CODES, hint: HINT });
  return async (form, context) => {
    const request = {
      path: pathname,
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(form).toString(),
    };
    const { access_token, expires_in, id_token } = await server.fields(request, context, {
      ...{ access_token: "string", expires_in: "number", id_token: "string?" },
    });
    const identity = id_token === undefined ? undefined : mailOf(id_token);
    return {
      token: access_token,
      expiresAt: Date.now() + expires_in * 1000,
      ...(identity !== undefined && { identity }),
    };
  };
}

/** Whose identity token it is. It came from its issuer itself, so that its signature says nothing more: OpenID Connect Core, 3.1.3.7. */
function mailOf(token: string): string | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    return fieldsOf(claims, { email: "string?" }).email;
  } catch {
    return undefined;
  }
}

function signed(header: object, claims: object, key: KeyObject): string {
  const text = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  return `${text}.${sign("sha256", Buffer.from(text), key).toString("base64url")}`;
}

function keyOf(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new SecretError("invalid_config", "The private key of the credentials cannot be read.", { hint: HINT });
  }
}

/** As `fieldsOf`; but what is wrong is the file, and no answer. */
function parts<const Wanted extends Parameters<typeof fieldsOf>[1]>(
  held: Held,
  wanted: Wanted,
): ReturnType<typeof fieldsOf<Wanted>> {
  try {
    return fieldsOf(held, wanted);
  } catch {
    throw new SecretError("invalid_config", "The file of the credentials lacks what its kind needs.", { hint: HINT });
  }
}
