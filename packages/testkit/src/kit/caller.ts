/**
 * Whether Node itself reads what is being read, e.g. its loader of modules or the `fetch` that it brings along. To be
 * called in a trap of a proxy: the first frame of the stack that is not the trap's, is whoever asked.
 * https://v8.dev/docs/stack-trace-api
 */
export function isNodeAsking(): boolean {
  const { prepareStackTrace, stackTraceLimit } = Error;
  const held: { stack?: readonly NodeJS.CallSite[] } = {};
  try {
    Error.stackTraceLimit = FRAMES;
    Error.prepareStackTrace = (_, sites) => sites;
    Error.captureStackTrace(held, isNodeAsking);
    const files = (held.stack ?? []).map((site) => site.getFileName() ?? "");
    // `Reflect` and whatever else is no file of its own stands between the trap and whoever asked.
    const asking = files.find((file) => file !== "" && file !== files[0]);
    return asking?.startsWith("node:") ?? false;
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** More than a trap takes. */
const FRAMES = 10;
