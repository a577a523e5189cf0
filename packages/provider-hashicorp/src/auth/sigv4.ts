import { createHash, createHmac } from "node:crypto";

/** What signs for an AWS identity. */
export interface AwsKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** A request to sign. Its path is `/`. */
export interface Unsigned {
  readonly method: "GET" | "POST";
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly region: string;
  readonly service: string;
  /** Ms since the epoch. */
  readonly at: number;
}

/**
 * The headers of a request to AWS, with its signature: version 4, all of them signed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
 */
export function signV4(request: Unsigned, keys: AwsKeys): Readonly<Record<string, string>> {
  const { at, body, method, region, service, url } = request;
  const time = new Date(at).toISOString().replaceAll(/[-:]|\.\d{3}/g, "");
  const scope = [time.slice(0, 8), region, service, "aws4_request"];
  const headers: Record<string, string> = {
    ...request.headers,
    host: url.host,
    "x-amz-date": time,
    ...(keys.sessionToken !== undefined && { "x-amz-security-token": keys.sessionToken }),
  };
  const names = Object.keys(headers).toSorted();
  const query = [...url.searchParams].map((pair) => pair.map(encodeURIComponent).join("="));
  const canonical = [
    method,
    "/",
    query.toSorted().join("&"),
    ...names.map((name) => `${name}:${headers[name]?.trim()}`),
    "",
    names.join(";"),
    sha256(body),
  ].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", time, scope.join("/"), sha256(canonical)].join("\n");
  let key = Buffer.from(`AWS4${keys.secretAccessKey}`);
  for (const part of [...scope, toSign]) key = createHmac("sha256", key).update(part).digest();
  const credential = `Credential=${keys.accessKeyId}/${scope.join("/")}`;
  const signature = `SignedHeaders=${names.join(";")}, Signature=${key.toString("hex")}`;
  return { ...headers, authorization: `AWS4-HMAC-SHA256 ${credential}, ${signature}` };
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
