// The site lexicon of the service: one function a route.

import { ask } from '../service';
import type {
  Change, ChangeDetail, Difference, Entry, EntryPage, Imported, Kept, Proposal, Signature, TriedText,
} from './wire';

const ROUTE = '/v1/site-lexicon';
/** A large table takes its time to be judged and written. */
const IMPORT_PATIENCE_MS = 600_000;
const TRIAL_PATIENCE_MS = 120_000;
const FILE_TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export interface Sought {
  readonly words: string;
  readonly kind: string;
  readonly state: string;
}

const READ = { failed: '未能取得词库', safe: '' };
const SAVE = { failed: '没有保存', safe: '填写的内容仍在。' };

const send = (method: 'POST' | 'PUT', body: unknown, seen?: number) => ({
  method,
  headers: { 'Content-Type': 'application/json', ...(seen === undefined ? {} : { 'If-Match': `"${seen}"` }) },
  body: JSON.stringify(body),
});

const isKept = (answer: Kept) => typeof answer.id === 'string' && typeof answer.version === 'number';
const isChange = (answer: Change) => typeof answer.number === 'number';

export function listEntries(sought: Sought, limit: number, offset: number, signal: AbortSignal): Promise<EntryPage> {
  const query = new URLSearchParams({ words: sought.words, limit: String(limit), offset: String(offset) });
  if (sought.kind) query.set('kind', sought.kind);
  if (sought.state) query.set(sought.state, 'true');
  return ask<EntryPage>(`${ROUTE}/entries?${query}`, { ...READ, signal }, ({ entries }) => Array.isArray(entries));
}

export function showEntry(id: string): Promise<Kept> {
  return ask(`${ROUTE}/entries/${encodeURIComponent(id)}`, READ, isKept);
}

export function addEntry(entry: Entry, signature: Signature): Promise<Kept> {
  return ask(`${ROUTE}/entries`, { ...SAVE, ...send('POST', { entry, ...signature }) }, isKept);
}

/** `seen` is the version that the editor has seen; if it is not the last one, nothing is changed. */
export function changeEntry(id: string, entry: Entry, signature: Signature, seen: number): Promise<Kept> {
  return ask(`${ROUTE}/entries/${id}`, { ...SAVE, ...send('PUT', { entry, ...signature }, seen) }, isKept);
}

export function retireEntry(id: string, signature: Signature, seen: number): Promise<Kept> {
  return ask(`${ROUTE}/entries/${id}/retire`, { ...SAVE, ...send('POST', signature, seen) }, isKept);
}

export function listChanges(limit: number, before: number | null, entry: string): Promise<Change[]> {
  const query = new URLSearchParams({ limit: String(limit) });
  if (before !== null) query.set('before', String(before));
  if (entry) query.set('entry', entry);
  return ask<Change[]>(`${ROUTE}/history?${query}`, READ, Array.isArray);
}

export function showChange(number: number, limit: number, offset: number): Promise<ChangeDetail> {
  const query = new URLSearchParams({ limit: String(limit), offset: String(offset) });
  return ask<ChangeDetail>(`${ROUTE}/history/${number}?${query}`, READ, ({ items }) => Array.isArray(items));
}

export function undoChange(number: number, signature: Signature): Promise<Change> {
  return ask(`${ROUTE}/history/${number}/undo`, { ...SAVE, ...send('POST', signature) }, isChange);
}

export function compare(first: number, last: number, limit: number): Promise<Difference> {
  const query = new URLSearchParams({ first: String(first), last: String(last), limit: String(limit) });
  return ask<Difference>(`${ROUTE}/diff?${query}`, READ, ({ items }) => Array.isArray(items));
}

export async function tryOn(texts: readonly string[], proposal: Proposal): Promise<readonly TriedText[]> {
  const request = {
    ...send('POST', { texts, offset_unit: 'utf16', ...proposal }),
    failed: '未能试查',
    safe: '填写的内容仍在。',
    patience: TRIAL_PATIENCE_MS,
  };
  const answer = await ask<{ texts: TriedText[] }>(`${ROUTE}/dry-run`, request, (given) => given.texts.length === texts.length);
  return answer.texts;
}

/** `seen` is the version on which the table rests; null where any will do. */
export function importFile(file: File, signature: Signature, replace: boolean, seen: number | null): Promise<Imported> {
  const query = new URLSearchParams({ ...signature, replace: String(replace) });
  const type = FILE_TYPES[file.name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
  return ask<Imported>(`${ROUTE}/import?${query}`, {
    method: 'POST',
    headers: { 'Content-Type': type, ...(seen === null ? {} : { 'If-Match': `"${seen}"` }) },
    body: file,
    failed: '没有导入',
    patience: IMPORT_PATIENCE_MS,
  }, ({ changed }) => typeof changed === 'number');
}

/** The name of a shipped rule; null where there is none of that code. */
export async function nameOfRule(code: string): Promise<string | null> {
  try {
    return (await ask<{ name: string }>(`/v1/rules/${encodeURIComponent(code)}`, READ, ({ name }) => typeof name === 'string')).name;
  } catch {
    return null;
  }
}
