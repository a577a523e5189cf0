/** Node's options for a process of ours: the agent, and the host of somebody else's provider. */
export function nodeOptions(): readonly string[] {
  // Node 22.14 and 24 can leave the signal of the inspector alone.
  const quiet = process.allowedNodeEnvironmentFlags.has("--disable-sigusr1") ? ["--disable-sigusr1"] : [];
  if (!import.meta.url.endsWith(".ts")) return quiet;
  // Sources need a condition to find each other. What this process was made to import first, they import, too.
  return [...quiet, "--conditions=source", ...process.execArgv.filter((option) => option.startsWith("--import="))];
}
