/**
 * A secret's name is opaque to AWS: it may begin or end with a slash, hold `//`, or segments of dots, which no reference
 * does. There such a slash is written `~1`, as in a JSON Pointer (RFC 6901); no name holds a tilde. So `/app/lead` is
 * `~1app/lead`, and `app//db` is `app/~1db`.
 */
export function toPath(name: string): string {
  const [first = "", ...others] = name.split("/");
  const segments: string[] = [];
  let segment = first;
  others.forEach((next, index) => {
    const last = index === others.length - 1;
    if (isOdd(segment) || (last && isOdd(next))) segment += `~1${next}`;
    else {
      segments.push(segment);
      segment = next;
    }
  });
  return [...segments, segment].join("/");
}

/** The name, or the ARN, that a path stands for. */
export function fromPath(path: string): string {
  return path.replaceAll("~1", "/");
}

/** What no segment of a reference may be. */
export function isOdd(segment: string): boolean {
  return segment === "" || segment === "." || segment === "..";
}
