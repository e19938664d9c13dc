export { findProfile } from './find.js';
export { loadProfile, parseProfile, type LoadedProfile } from './load.js';
