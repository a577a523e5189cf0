export function isSupported(version: string): boolean;
export function complaint(version: string, installed: boolean, command: string): string | undefined;
export function preflight(): boolean;
