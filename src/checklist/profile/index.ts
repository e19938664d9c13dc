export { findProfile, fits } from './find.js';
export { loadAdapters } from './load-adapter.js';
export { loadProfile, type LoadedProfile } from './load.js';
export { narrowed } from './narrow.js';
export { derivedWithRemote, isServedProfile, withRemote, type RemoteEntry } from './served-profile.js';
