import pc from 'picocolors';
import type { Verdict } from '../../run/record.js';
import { VERDICT_WORDS } from '../words.js';

export type Paint = {
  verdict(verdict: Verdict, text: string): string;
  mark(verdict: Verdict): string;
  bold(text: string): string;
  dim(text: string): string;
};

/** Colours by verdict, or none; marks and words carry the meaning without them. */
export function paintWith(color: boolean): Paint {
  const colors = pc.createColors(color);
  const byVerdict: Record<Verdict, (text: string) => string> = {
    verified: colors.green,
    failed: colors.red,
    error: colors.yellow,
    waived: colors.magenta,
    'not-testable': colors.gray,
  };
  return {
    verdict: (verdict, text) => byVerdict[verdict](text),
    mark: (verdict) => byVerdict[verdict](VERDICT_WORDS[verdict].mark),
    bold: colors.bold,
    dim: colors.dim,
  };
}
