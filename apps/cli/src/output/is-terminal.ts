import { fstatSync } from "node:fs";

/** Whether a descriptor is a terminal. What is no device is none: then what knows terminals is not loaded. */
export function isTerminal(descriptor: number): boolean {
  try {
    if (process.platform !== "win32" && !fstatSync(descriptor).isCharacterDevice()) return false;
    return process.getBuiltinModule("node:tty").isatty(descriptor);
  } catch {
    // It is closed.
    return false;
  }
}
