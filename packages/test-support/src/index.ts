export { conforms, type Started } from "./conforms.ts";
export { type ConnectProxy, connectProxy } from "./connect-proxy.ts";
export { context, type Env, type Lent, locator, parseLocator } from "./context.ts";
export { refused, textOf } from "./outcomes.ts";
export { type Certificate, selfSigned, temporaryCertificate } from "./self-signed.ts";
export { typing } from "./typing.ts";
export { withSession } from "./with-session.ts";
export { type CommandSetUp, getByCommand } from "./run-command.ts";
