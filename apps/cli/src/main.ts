#!/usr/bin/env node
import { version } from "./version.ts";

// The version is answered before anything else is loaded: scripts ask for it often.
const [first] = process.argv.slice(2);
if (first === "--version" || first === "-V") await (await import("./print-version.ts")).printVersion(version);
else {
  // Compiling takes a good part of a command's time. Not that of sources: they are changed while they are worked on.
  if (import.meta.url.endsWith(".js")) (await import("./compile-cache.ts")).useCompileCacheHere();
  if (first === "__complete") {
    await (await import("./complete/complete.ts")).complete(process.argv.slice(3));
    process.exit(0);
  }
  if (first === "get" || first === "run") await (await import("./hot/hot.ts")).takeShortWay(process.argv.slice(2));
  const { start } = await import("./start.ts");
  await start(process.argv.slice(2));
}
