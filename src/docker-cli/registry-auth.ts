/** The credentials of a client that is logged in nowhere: an empty object in base64. */
export const NO_CREDENTIALS = 'e30=';
