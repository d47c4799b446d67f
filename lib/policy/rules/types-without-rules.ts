/**
 * AWS resource types that were looked at and need no rule of their own: they connect or name others, or are
 * judged with the resource that they belong to.
 */
export const typesWithoutRules: readonly string[] = [];
