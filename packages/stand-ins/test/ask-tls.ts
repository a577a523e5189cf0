import { request as plain } from "node:http";
import { request as secure } from "node:https";
import { text } from "node:stream/consumers";

/** One question over http, or over https with a certificate to trust. */
export interface TlsQuestion {
  readonly ca?: string;
  readonly method?: string;
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
}

export interface TlsAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
}

export async function askTls(url: string, { ca, method, token, headers, form }: TlsQuestion = {}): Promise<TlsAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<TlsAnswer>();
  const request = (url.startsWith("https:") ? secure : plain)(
    url,
    {
      method: method ?? (form === undefined ? "GET" : "POST"),
      agent: false,
      headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      ...(ca !== undefined && { ca }),
    },
    (response) => {
      text(response).then((body) => {
        const parsed = (body.startsWith("{") ? JSON.parse(body) : {}) as TlsAnswer["body"];
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: parsed });
      }, reject);
    },
  );
  request.once("error", reject);
  request.end(form === undefined ? undefined : new URLSearchParams(form).toString());
  return promise;
}
