// Keeps the draft in this browser through a reload, if the editor wishes; else nothing of it is ever stored.

import type { Node } from 'prosemirror-model';

import { schema } from './document/schema';

const KEPT_AS = 'shenjiao.draft';
const PAUSE_MS = 500;

interface Kept {
  readonly draft: Node;
  readonly publishedOn: string;
}

let pause = 0;

/** Whether the draft could be stored. */
function store({ draft, publishedOn }: Kept): boolean {
  try {
    localStorage.setItem(KEPT_AS, JSON.stringify({ draft: draft.toJSON() as unknown, publishedOn }));
    return true;
  } catch {
    return false;
  }
}

export function keep(read: () => Kept, failed: () => void): void {
  clearTimeout(pause);
  pause = setTimeout(() => { if (!store(read())) failed(); }, PAUSE_MS);
}

export function forget(): void {
  clearTimeout(pause);
  try {
    localStorage.removeItem(KEPT_AS);
  } catch {
    // Nothing was stored.
  }
}

export function kept(): Kept | null {
  try {
    const found = JSON.parse(localStorage.getItem(KEPT_AS) ?? 'null') as { draft: unknown; publishedOn: string } | null;
    if (!found) return null;
    const draft = schema.nodeFromJSON(found.draft);
    draft.check();
    return { draft, publishedOn: String(found.publishedOn) };
  } catch {
    // Of an older version of this page, or spoilt.
    return null;
  }
}
