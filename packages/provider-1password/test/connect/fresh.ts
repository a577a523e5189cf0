import { connectSubject } from "./subject.ts";

/** The subject for a process of its own, in which nothing has loaded the SDK yet. */
export const subject: typeof connectSubject = connectSubject;
