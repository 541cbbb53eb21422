/** Apps that their test does not keep: they end with it (eachFile.ts). */
export const running = new Set<{ stop(): Promise<void> }>();
