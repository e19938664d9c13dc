import { defineProof } from './proof.js';

defineProof(0, 2);
