export type { ApiCredentials } from '../contract/http/credentials.js';
