import { type Format, refuse } from "./format.ts";

/** Docker reads lines of less than 64 KiB (docker/cli, pkg/kvfile; bufio.MaxScanTokenSize of Go). */
const LONGEST_LINE = 64 * 1024;

/** For `docker run --env-file`: what follows `=` is the value as it is, up to the line's end; nothing is quoted. */
export const DOCKER: Format = {
  isEnvironment: true,
  entry(name, value) {
    if (/[\r\n]/.test(value)) {
      throw refuse(
        "The value holds a line end, which Docker's files cannot carry.",
        "vaultlink run -- docker run --env",
      );
    }
    const line = `${name}=${value}\n`;
    if (Buffer.byteLength(line) >= LONGEST_LINE) {
      throw refuse(
        "The value is longer than a line of Docker's files may be: 64 KiB.",
        "vaultlink run -- docker run --env",
      );
    }
    return line;
  },
};
