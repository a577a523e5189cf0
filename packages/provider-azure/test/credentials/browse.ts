import { request as plain } from "node:http";
import { request as secure } from "node:https";
import { text } from "node:stream/consumers";

/** What a browser does with the page of Entra: it posts what the page gives it to where the page sends it. */
export async function browse(page: string, ca: string): Promise<void> {
  const { redirect, form } = JSON.parse(await fetchText(page, { ca })) as { redirect: string; form: string };
  // Others may knock as well: they are not let in.
  await fetchText(redirect, {}, "state=forged&code=forged");
  await fetchText(redirect, {}, form);
}

async function fetchText(url: string, tls: { readonly ca?: string }, body?: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const send = url.startsWith("https:") ? secure : plain;
  const request = send(url, { ...tls, agent: false, method: body === undefined ? "GET" : "POST" }, (response) => {
    text(response).then(resolve, reject);
  });
  request.once("error", reject);
  request.end(body);
  return promise;
}
