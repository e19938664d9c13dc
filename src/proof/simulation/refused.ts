/** Whether a system refused what a user wanted; told by name, since a target may come from a build of its own. */
export const isRefused = (error: unknown): boolean => error instanceof Error && error.name === 'SystemError';
