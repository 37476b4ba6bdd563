/** Characters of the name that a person gives a key, at most. */
export const LONGEST_KEY_NAME = 40;
