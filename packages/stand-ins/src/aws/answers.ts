import type { Answer } from "../kit/backend.ts";

/** Which of AWS's protocols a service speaks. */
export type Wire = "json" | "query" | "rest";

/** A success of a JSON service; `undefined` members are left out. */
export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { "content-type": "application/x-amz-json-1.1", ...headers }, body: JSON.stringify(body) };
}

/** A refusal, worded in the protocol of the service that was asked. */
export function refusal(wire: Wire, status: number, code: string, message: string): Answer {
  if (wire === "json") return json({ __type: code, message }, status, { "x-amzn-errortype": code });
  if (wire === "rest") {
    const headers = { "content-type": "application/json", "x-amzn-errortype": code };
    return { status, headers, body: JSON.stringify({ message }) };
  }
  const body =
    `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code>` +
    `<Message>${escape(message)}</Message></Error><RequestId>stand-in</RequestId></ErrorResponse>`;
  return { status, headers: { "content-type": "text/xml" }, body };
}

/** A success of the query protocol: `fields` become nested elements. */
export function xml(action: string, fields: Fields): Answer {
  const body =
    `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${elements(fields)}` +
    `</${action}Result><ResponseMetadata><RequestId>stand-in</RequestId></ResponseMetadata></${action}Response>`;
  return { status: 200, headers: { "content-type": "text/xml" }, body };
}

export interface Fields {
  readonly [name: string]: string | Fields;
}

function elements(fields: Fields): string {
  return Object.entries(fields)
    .map(([name, held]) => `<${name}>${typeof held === "string" ? escape(held) : elements(held)}</${name}>`)
    .join("");
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
