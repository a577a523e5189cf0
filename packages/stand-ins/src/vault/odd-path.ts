import type { Answer, Call } from "../kit/backend.ts";
import { errors } from "./envelope.ts";

/** What the server says to a path that is not in order, before it looks at anything else; `undefined` if it is. */
export function oddPath({ path, search }: Call): Answer | undefined {
  const decoded = decode(path);
  if (decoded === undefined)
    return { status: 400, headers: { "content-type": "text/plain; charset=utf-8" }, body: "400 Bad Request" };
  const cleaned = clean(path);
  if (cleaned !== path) return redirect(`${cleaned}${search}`);
  // Dots that were hidden by encoding reach the vault itself, and it refuses them.
  if (/(^|\/)\.\.(\/|$)/.test(decoded)) return errors(400, "relative paths not supported");
  return undefined;
}

/** Decodes a path; `undefined` if it is encoded badly. */
export function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** Without empty and dot segments; a slash at the end stays. */
function clean(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") kept.pop();
    else if (segment !== "" && segment !== ".") kept.push(segment);
  }
  const end = kept.length > 0 && path.endsWith("/") ? "/" : "";
  return `/${kept.join("/")}${end}`;
}

function redirect(location: string): Answer {
  const headers = { "content-type": "text/html; charset=utf-8", location };
  return { status: 307, headers, body: `<a href="${location.replaceAll("&", "&amp;")}">Temporary Redirect</a>.\n\n` };
}
