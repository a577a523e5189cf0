/** What a vault in this process has not. */
export const SKIP: Readonly<Record<string, string>> = {
  "neither importing nor creating loads the SDK": "A memory vault has no SDK.",
  "prints nothing in a process of its own, with `DEBUG=*`": "A memory vault has no SDK that could.",
  "URLs are https or loopback": "A memory vault opens no page.",
};
