export { badge } from "./badge.ts";
export { leaks, scanError } from "./canaries.ts";
export type { Case, ConformanceOptions, Outcome, Runner, Skips } from "./case.ts";
export { CASE_NAMES, type CaseName, type Group } from "./case-names.ts";
export { conformance } from "./conformance.ts";
export { dataSheet, withDataSheet } from "./data-sheet.ts";
export { faulty, faultyLater } from "./faulty.ts";
export { manualClock, type ManualClock, type ManualClockOptions } from "./manual-clock.ts";
export type { MemoryCalls, MemoryIdentity, MemoryVault } from "./memory/memory-state.ts";
export { memoryVault } from "./memory/memory-vault.ts";
export { type CaseResult, type NodeTest, runAll, toNodeTest, toVitest, type VitestTest } from "./runners.ts";
export { reply, type StandInCall, type StandInReply } from "./stand-in/call.ts";
export type { ServerFault } from "./stand-in/fault.ts";
export type { StandInRequest } from "./stand-in/log.ts";
export type { Routes } from "./stand-in/routes.ts";
export { type StandIn, standIn, type StandInOptions } from "./stand-in/stand-in.ts";
export { type OwnSubject, standInSubject } from "./stand-in/subject.ts";
export type {
  BadOption,
  Breaking,
  Existing,
  Fault,
  Fresh,
  Interactive,
  LaterFault,
  Subject,
  SubjectPlugin,
  Variables,
} from "./subject.ts";
