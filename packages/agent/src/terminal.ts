/** Whether a descriptor is a terminal. What is certainly none, as the null device, is found out without loading what knows terminals. */
export function isTerminal(descriptor: number): boolean {
  try {
    if (process.platform !== "win32" && !mayBeTerminal(descriptor)) return false;
    return process.getBuiltinModule("node:tty").isatty(descriptor);
  } catch {
    // It is closed.
    return false;
  }
}

function mayBeTerminal(descriptor: number): boolean {
  const { fstatSync, statSync } = process.getBuiltinModule("node:fs");
  const about = fstatSync(descriptor);
  if (!about.isCharacterDevice()) return false;
  return about.rdev !== statSync("/dev/null", { throwIfNoEntry: false })?.rdev;
}
