/** The version of the package, which tokens bear; a test compares it with package.json. */
export const VERSION = '0.1.0';
