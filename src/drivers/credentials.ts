/** Secrets of one caller at one system; which of them count depends on the API's authentication. */
export type ApiCredentials = { key: string; clientId: string; clientSecret: string };
