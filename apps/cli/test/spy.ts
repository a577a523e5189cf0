const SOURCE = `import { registerHooks } from "node:module";
registerHooks({ load: (url, context, next) => { process.stderr.write(url + "\\n"); return next(url, context); } });`;

/** A module for `--import` that prints the URL of every module a process loads, a line each, on standard error. */
export const SPY: string = `data:text/javascript,${encodeURIComponent(SOURCE)}`;
