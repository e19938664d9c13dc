import type { Json } from '../../contract/field.js';
import { cloneJson } from '../../contract/clone-json.js';
import { SystemError, UnsupportedHere, type Exchange } from '../ports.js';

/** What a world answered to one call of a check: a value, nothing, or an error. */
export type RecordedCall = {
  /** What was called, such as `a get Customer 1001`. */
  call: string;
  value?: Json;
  error?: RecordedError;
  /** What each look of a wait was answered, without looks that saw the same as the one before. */
  looks?: RecordedCall[][];
};

export type RecordedError =
  | {
      kind: 'system';
      system: string;
      method: string;
      url: string;
      status: number | null;
      detail: string;
      help?: { expected: string; remedy: string };
    }
  | { kind: 'unsupported'; message: string; remedy: string }
  | { kind: 'other'; message: string };

/** Everything that one world answered, in order; `nth` counts the worlds of the same purpose from 1. */
export type RecordedWorld = {
  purpose: string;
  nth: number;
  tag: string | null;
  calls: RecordedCall[];
  exchanges: Exchange[];
};

export function toRecordedError(error: unknown): RecordedError {
  if (error instanceof SystemError) {
    const { system, method, url, status, detail, help } = error;
    return { kind: 'system', system, method, url, status, detail, ...(help === undefined ? {} : { help }) };
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof UnsupportedHere) return { kind: 'unsupported', message, remedy: error.remedy };
  return { kind: 'other', message };
}

export function fromRecordedError(error: RecordedError): Error {
  switch (error.kind) {
    case 'system':
      return new SystemError(error.system, error.method, error.url, error.status, error.detail, error.help);
    case 'unsupported':
      return new UnsupportedHere(error.message, error.remedy);
    case 'other':
      return new Error(error.message);
  }
}

/** A copy that nobody changes afterwards. */
export const kept = (value: unknown): Json => cloneJson(value as Json);
