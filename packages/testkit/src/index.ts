export { leaks, scanError } from "./canaries.ts";
export type { Case, ConformanceOptions, Group } from "./case.ts";
export { conformance } from "./conformance.ts";
export { faulty } from "./faulty.ts";
export { manualClock, type ManualClock, type ManualClockOptions } from "./manual-clock.ts";
export type { MemoryCalls, MemoryIdentity, MemoryVault } from "./memory/memory-state.ts";
export { memoryVault } from "./memory/memory-vault.ts";
export type { BadOption, Existing, Fault, Fresh, Interactive, Subject, Variables } from "./subject.ts";
