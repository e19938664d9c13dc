export { findProfile } from './find.js';
export { loadProfile, type LoadedProfile } from './load.js';
