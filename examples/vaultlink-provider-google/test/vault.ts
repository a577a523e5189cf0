import { verify } from "node:crypto";
import { isSecretError, SecretError } from "@vaultlink/core";
import type { SecretDocument } from "@vaultlink/core/provider";
import { reply, type StandIn, standIn, type StandInCall, type StandInReply } from "@vaultlink/testkit";
import type { Account } from "./people.ts";

/** The project's id; answers call it by its number. */
export const PROJECT = "shop";
export const REFRESH_TOKEN = "vlcanary-refresh";
const NUMBER = "123456789";
const PAGE = 50;
const FORM = /^([^/]+)\/secrets(?:\/([^/]+)\/versions\/([^/:]+)(:access)?)?$/;
const ACCOUNT = "GET /computeMetadata/v1/instance/service-accounts/default/";

/** The names of google.rpc.Code: https://docs.cloud.google.com/apis/design/errors#handling_errors */
const NAMES: Readonly<Record<string, string>> = {
  invalid_reference: "INVALID_ARGUMENT",
  unauthenticated: "UNAUTHENTICATED",
  denied: "PERMISSION_DENIED",
  not_found: "NOT_FOUND",
  unusable: "FAILED_PRECONDITION",
};

/** Secret Manager, the server of its tokens and the metadata server, at one address in this process. */
export function startVault(accounts: readonly Account[]): Promise<StandIn> {
  return standIn({
    statuses: { unusable: 400 },
    refusal: (code, status) => ({ error: { code: status, message: "It did not work.", status: NAMES[code] } }),
    routes: {
      "POST /token": (call) => grant(call, accounts),
      "GET /computeMetadata/v1/project/project-id": (call) =>
        metadata(call, () => reply({ status: 200, bytes: PROJECT })),
      [`${ACCOUNT}token`]: (call) =>
        metadata(call, () => ({ access_token: call.login(accounts[0]?.token ?? ""), expires_in: 3599 })),
      [ACCOUNT]: (call) => metadata(call, () => ({ aliases: ["default"], email: accounts[0]?.email, scopes: [] })),
      "GET /v1/projects/*": (call) => {
        const [, project, secret, version, access] = FORM.exec(call.rest) ?? [];
        call.who();
        if (project !== PROJECT && project !== NUMBER) throw new SecretError("denied", "Not this project.");
        if (secret === undefined || version === undefined) return page(call);
        return access === undefined ? state(call, secret, version) : document(call, secret, version);
      },
    },
  });
}

/** Gives a token for an assertion that its account has signed, or for a refresh token. RFC 6749, 5; RFC 7523. */
function grant({ body, login, vault }: StandInCall, accounts: readonly Account[]): object {
  const form = new URLSearchParams(String(body));
  if (form.get("grant_type") === "refresh_token") {
    const from = form.get("refresh_token") ?? "";
    if (vault.nameOf(from) === undefined) return refusal();
    const claims = Buffer.from(JSON.stringify({ email: "mary@example.com" })).toString("base64url");
    return { access_token: login(from), expires_in: 3599, id_token: `e30.${claims}.` };
  }
  const [header = "", claims = "", signature = ""] = (form.get("assertion") ?? "").split(".");
  const { iss, exp } = JSON.parse(Buffer.from(claims, "base64url").toString()) as { iss: string; exp: number };
  const from = accounts.find(({ email }) => email === iss);
  const signed = Buffer.from(`${header}.${claims}`);
  const isGood = from && verify("sha256", signed, from.publicKey, Buffer.from(signature, "base64url"));
  if (!isGood || exp * 1000 < Date.now()) return refusal();
  return { access_token: login(from.token), expires_in: 3599, token_type: "Bearer" };
}

function refusal(): StandInReply {
  return reply({ status: 400, json: { error: "invalid_grant" } });
}

function metadata({ headers }: StandInCall, give: () => object): object {
  if (headers["metadata-flavor"] === "Google") return give();
  throw new SecretError("denied", "The header is missing.");
}

function found({ read }: StandInCall, secret: string, version: string): SecretDocument {
  if (version !== "latest" && !/^\d+$/.test(version)) throw new SecretError("not_found", "There is no such alias.");
  return read(secret, version === "latest" ? undefined : version);
}

function nameOf(secret: string, version: string | undefined): string {
  return `projects/${NUMBER}/secrets/${secret}/versions/${version ?? "1"}`;
}

function document(call: StandInCall, secret: string, asked: string): object {
  const { value, version } = found(call, secret, asked);
  const data = Buffer.from(value as string | Uint8Array).toString("base64");
  return { name: nameOf(secret, version), payload: { data, dataCrc32c: "0" } };
}

function state(call: StandInCall, secret: string, asked: string): object {
  try {
    return { name: nameOf(secret, found(call, secret, asked).version), state: "ENABLED" };
  } catch (thrown) {
    if (!isSecretError(thrown) || thrown.code !== "unusable") throw thrown;
    return { name: nameOf(secret, undefined), state: "DISABLED" };
  }
}

function page({ query, list }: StandInCall): object {
  const from = Number(query.get("pageToken") ?? "0");
  const all = list("");
  const more = all.length > from + PAGE;
  return {
    secrets: all.slice(from, from + PAGE).map(({ path }) => ({ name: `projects/${NUMBER}/secrets/${path}` })),
    totalSize: all.length,
    ...(more && { nextPageToken: String(from + PAGE) }),
  };
}
