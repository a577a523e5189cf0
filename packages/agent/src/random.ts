/**
 * Random bytes for nonces, of the system's own source (random(4)), which `node:crypto` would be loaded for only to
 * ask it. Where there is no such file they are that module's.
 */
export function randomBytes(length: number): Buffer {
  return fromSystem(length) ?? process.getBuiltinModule("node:crypto").randomBytes(length);
}

function fromSystem(length: number): Buffer | undefined {
  const { closeSync, fstatSync, openSync, readSync } = process.getBuiltinModule("node:fs");
  let file: number;
  try {
    file = openSync("/dev/urandom", "r");
  } catch {
    return undefined;
  }
  try {
    // A file that somebody put there in a container is no source.
    if (!fstatSync(file).isCharacterDevice()) return undefined;
    const bytes = Buffer.alloc(length);
    return readSync(file, bytes) === length ? bytes : undefined;
  } catch {
    return undefined;
  } finally {
    closeSync(file);
  }
}
