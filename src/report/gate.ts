export { evaluateGate } from './gate/evaluate-gate.js';
export { applyWaivers } from './gate/waivers.js';
