export { evaluateGate, type AskedRules } from './gate/evaluate-gate.js';
export { applyWaivers } from './gate/waivers.js';
