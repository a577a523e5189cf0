import * as fs from "node:fs";
import { promisify } from "node:util";

/*
 * What reading configuration asks of files, as `node:fs/promises` has it. That module loads with what edits lines and watches
 * folders, which takes longer than all the reading.
 */
export const close: typeof fs.close.__promisify__ = promisify(fs.close);
export const fstat: typeof fs.fstat.__promisify__ = promisify(fs.fstat);
export const lstat: typeof fs.lstat.__promisify__ = promisify(fs.lstat);
export const open: typeof fs.open.__promisify__ = promisify(fs.open);
export const readFile: typeof fs.readFile.__promisify__ = promisify(fs.readFile);
export const realpath: (path: string) => Promise<string> = promisify(fs.realpath.native);
export const stat: typeof fs.stat.__promisify__ = promisify(fs.stat);
