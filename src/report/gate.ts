export { evaluateGate, NOTHING_ASKED } from './gate/evaluate-gate.js';
export { readProof } from './gate/read-proof.js';
export { applyWaivers } from './gate/waivers.js';
