import { defineProof } from './proof.js';

defineProof(1, 2);
