import { defineChecklist } from './checklist.js';

await defineChecklist(7);
