import { startSubject } from "./subject.ts";

/** The subject for a process of its own, in which nothing else is loaded. */
export const subject: typeof startSubject = startSubject;
