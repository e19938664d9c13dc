import { defineContract } from './contract/define.js';

defineContract();
