// Has a draft checked.

import { ask } from '../service';
import type { Answer } from '../wire';

export function proofread(text: string, publishedOn: string, signal: AbortSignal): Promise<Answer> {
  const body = { text, offset_unit: 'utf16', ...(publishedOn ? { published_on: publishedOn } : {}) };
  return ask<Answer>('/v1/proofread', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    signal,
    failed: '未能检查',
    safe: '文稿仍在，没有丢失。',
  }, (answer) => Array.isArray(answer.findings) && answer.offset_unit === 'utf16');
}
