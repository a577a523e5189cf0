export { findSlapd, type SlapdFound } from "./find-slapd.ts";
export { type DirectoryUser, type Slapd, startSlapd } from "./slapd.ts";
