/** Faults that histories cannot show, each with the reason. */
export const NOT_HISTORIES: Record<number, string> = {
  95: 'a property that a system drops for ever is a change of its schema; in a history each trouble ends before it is judged',
  99: 'a history has one tenant',
  110: 'in a history nobody links records by hand',
};
