/** Faults that histories cannot show, each with the reason. */
export const NOT_HISTORIES: Record<number, string> = {};
