import type { HttpHeaders } from "@azure/core-rest-pipeline";
import type { Exchange, Peer } from "./exchanges.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What to remember of an answer. */
export function exchangeOf(peer: Peer, status: number, headers: HttpHeaders, body: string): Exchange {
  const fields = parse(body);
  const [retryAfter, requestId] = [headers.get("retry-after"), headers.get("x-ms-request-id")];
  const common = {
    peer,
    status,
    ...(retryAfter !== undefined && { retryAfter }),
    ...(requestId !== undefined && { requestId }),
  };
  if (status < 300) return { ...common, genuine: fields !== undefined };
  return { ...common, ...(peer === "vault" ? vaultRefusal(fields) : entraRefusal(fields)) };
}

/** https://learn.microsoft.com/azure/key-vault/general/rest-error-codes */
function vaultRefusal(fields: Fields | undefined): Partial<Exchange> {
  const error = group(fields, "error");
  const code = text(error, "code");
  const inner = text(group(error, "innererror"), "code");
  return {
    genuine: code !== undefined,
    text: (text(error, "message") ?? "").toLowerCase(),
    ...(code !== undefined && { error: code }),
    ...(inner !== undefined && { inner }),
  };
}

/** https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
function entraRefusal(fields: Fields | undefined): Partial<Exchange> {
  const error = text(fields, "error");
  const codes = fields?.["error_codes"];
  const said = text(fields, "error_description") ?? "";
  const spelled = [...said.matchAll(/AADSTS(\d{4,8})/g)].map(([, digits]) => Number(digits));
  const numbers = Array.isArray(codes) ? codes.filter((one): one is number => typeof one === "number") : spelled;
  return {
    genuine: error !== undefined,
    text: said.toLowerCase(),
    ...(error !== undefined && { error }),
    ...(numbers.length > 0 && { numbers }),
  };
}

function parse(body: string): Fields | undefined {
  try {
    const held: unknown = JSON.parse(body);
    return typeof held === "object" && held !== null && !Array.isArray(held) ? (held as Fields) : undefined;
  } catch {
    return undefined;
  }
}

function group(fields: Fields | undefined, name: string): Fields | undefined {
  const held = fields?.[name];
  return typeof held === "object" && held !== null ? (held as Fields) : undefined;
}

function text(fields: Fields | undefined, name: string): string | undefined {
  const held = fields?.[name];
  return typeof held === "string" ? held : undefined;
}
