export { findOpenBao, findOpenBao26, type OpenBaoFound } from "./find-openbao.ts";
export { type OpenBao, type OpenBaoReply, startOpenBao } from "./openbao.ts";
export { seedOpenBao, type SeededOpenBao } from "./seed-openbao.ts";
