/** Sixteen random hexadecimal digits. Node's cryptography loads with the first ones: most commands write no file. */
export const randomId = (): string => process.getBuiltinModule("node:crypto").randomBytes(8).toString("hex");
