/**
 * What stands in the settings for the validator of the built-in development network: its port is another one after each
 * start.
 */
export const BUILT_IN_VALIDATOR = 'built-in';
