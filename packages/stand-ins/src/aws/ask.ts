import type { Call } from "../kit/backend.ts";
import type { Wire } from "./answers.ts";

/** A request, understood: which service, which operation, with what. */
export interface Ask {
  readonly service: "secretsmanager" | "sts" | "sso" | "oidc" | "signin" | "container" | "imds" | "none";
  readonly operation: string;
  readonly wire: Wire;
  readonly call: Call;
  /** The members of the body, of a form, or of the query. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** Tells one service from another: all share one address, as with `AWS_ENDPOINT_URL`. */
export function toAsk(call: Call): Ask {
  const target = call.headers["x-amz-target"];
  if (typeof target === "string") {
    const operation = target.slice(target.lastIndexOf(".") + 1);
    return { service: "secretsmanager", operation, wire: "json", call, input: parse(call.body) };
  }
  if (call.path === "/federation/credentials") {
    return {
      service: "sso",
      operation: "GetRoleCredentials",
      wire: "rest",
      call,
      input: Object.fromEntries(call.query),
    };
  }
  if (call.path === "/token" && call.method === "POST") {
    return { service: "oidc", operation: "CreateToken", wire: "rest", call, input: parse(call.body) };
  }
  if (call.path === "/v1/token" && call.method === "POST") {
    return { service: "signin", operation: "CreateOAuth2Token", wire: "rest", call, input: parse(call.body) };
  }
  if (call.path.startsWith("/container")) {
    return { service: "container", operation: "credentials", wire: "rest", call, input: {} };
  }
  if (call.path.startsWith("/latest/")) {
    return { service: "imds", operation: imdsOperation(call), wire: "rest", call, input: {} };
  }
  const form = new URLSearchParams(call.body);
  const operation = form.get("Action");
  if (call.method === "POST" && operation !== null) {
    return { service: "sts", operation, wire: "query", call, input: Object.fromEntries(form) };
  }
  return { service: "none", operation: "unrouted", wire: "json", call, input: {} };
}

function imdsOperation({ path }: Call): string {
  if (path === "/latest/api/token") return "token";
  return path.endsWith("/security-credentials/") ? "role" : "credentials";
}

function parse(body: string): Readonly<Record<string, unknown>> {
  try {
    const held: unknown = JSON.parse(body);
    return typeof held === "object" && held !== null ? (held as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** A member that should be text. */
export function text(ask: Ask, name: string): string | undefined {
  const held = ask.input[name];
  return typeof held === "string" && held !== "" ? held : undefined;
}
