/** What one letter may cost. A letter past a limit is quarantined with the limit's name, and its original is kept. */

/** The largest letter that is parsed; larger ones are kept unparsed. */
export const maxLetterBytes = 60 * 1024 * 1024;
/** All header bytes of all parts together. */
export const maxHeaderBytes = 2 * 1024 * 1024;
/** MIME parts in one letter, nested messages included. */
export const maxParts = 2_000;
/** Parts within parts. */
export const maxDepth = 60;
/** Messages within messages that are read; deeper ones are kept as attachments. */
export const maxNestedLetters = 8;
/** Characters of text or HTML that are worked on; the whole stays in the original. */
export const maxBodyChars = 4 * 1024 * 1024;
/** Message-IDs kept of References, newest first. */
export const maxReferences = 200;
/** Addresses kept of one header. */
export const maxAddresses = 1_000;

/** Letters no larger than this, and no deeper than {@link inProcessDepth}, are parsed in this process. */
export const inProcessBytes = 512 * 1024;
export const inProcessParts = 60;
/** The same for letters with something in them that Outlook may have packed (TNEF). */
export const inProcessTnefBytes = 16 * 1024;
export const inProcessDepth = 8;
/** A worker that needs longer than this for one letter is killed. */
export const parseTimeoutMs = 20_000;
/** Heap of one worker; a letter that needs more is quarantined. */
export const workerHeapMb = 768;
