// Has a text checked.

import { ask } from '../../service';
import type { Answer } from '../../wire';

/** A text of 50,000 characters takes seconds on a small machine that serves others, too. */
const PATIENCE_MS = 60_000;

export function proofread(
  text: string, publishedOn: string, categories: readonly string[] | null, signal: AbortSignal,
): Promise<Answer> {
  const body = {
    text,
    offset_unit: 'utf16',
    ...(publishedOn ? { published_on: publishedOn } : {}),
    ...(categories ? { categories } : {}),
  };
  return ask<Answer>('/v1/proofread', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    signal,
    failed: '未能检查',
    safe: '文稿仍在，没有丢失。',
    patience: PATIENCE_MS,
  }, (answer) => Array.isArray(answer.findings) && answer.offset_unit === 'utf16');
}
