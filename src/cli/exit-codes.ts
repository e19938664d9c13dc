/** 0 all good, 1 a check failed, 2 wrong usage or input, 3 the gate asks for more than was verified, 4 harness. */
export const EXIT = { ok: 0, failed: 1, usage: 2, notVerified: 3, harness: 4 } as const;
