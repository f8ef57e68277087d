// What the editor has decided. Decisions are an attribute of the draft: so one undo takes back either, text or decision.

import { closeHistory } from 'prosemirror-history';
import type { Node } from 'prosemirror-model';
import type { EditorState, Transaction } from 'prosemirror-state';

export const REASONS = ['name', 'quotation', 'right-here', 'rule-wrong', 'other'] as const;
export type Reason = typeof REASONS[number];

export interface Decision {
  readonly kind: 'accepted' | 'ignored' | 'ignored-everywhere' | 'false-alarm' | 'masked';
  /** Of the finding in this page, and of the finding as the service names it. */
  readonly key: number;
  readonly id: string;
  readonly rule: string;
  readonly severity: string;
  readonly category: string;
  readonly message: string;
  readonly source: string;
  /** As the service shows it: personal data masked. */
  readonly text: string;
  readonly replacement?: string;
  readonly reason?: Reason;
}

export function decisionsOf(doc: Node): readonly Decision[] {
  return doc.attrs['decisions'] as readonly Decision[];
}

export function decide(transaction: Transaction, made: readonly Decision[]): Transaction {
  return transaction.setDocAttribute('decisions', [...decisionsOf(transaction.doc), ...made]);
}

/** A step of its own for undo, however fast the next one follows. */
export function alone(state: EditorState): Transaction { return closeHistory(state.tr); }

/** Decisions that hide a finding; what was accepted is no longer there to hide. */
const HIDES = new Set(['ignored', 'ignored-everywhere', 'false-alarm']);

export class Hidden {
  readonly #keys = new Set<number>();
  readonly #ids = new Set<string>();
  readonly #wordings = new Set<string>();

  constructor(decisions: readonly Decision[]) {
    for (const { kind, key, id, rule, text } of decisions) {
      if (!HIDES.has(kind)) continue;
      if (kind === 'ignored-everywhere') this.#wordings.add(`${rule}\0${text}`);
      else {
        this.#keys.add(key);
        this.#ids.add(id);
      }
    }
  }

  has({ key, id, rule, text }: { key: number; id: string; rule: string; text: string }): boolean {
    return this.#keys.has(key) || this.#ids.has(id) || this.#wordings.has(`${rule}\0${text}`);
  }
}

export function withoutHiding(decisions: readonly Decision[]): readonly Decision[] {
  return decisions.filter(({ kind }) => !HIDES.has(kind));
}
