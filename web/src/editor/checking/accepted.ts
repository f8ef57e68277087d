// Where accepted replacements now stand, and what they replaced: the document that goes out shows them as changes.
// Whether one still holds, the decisions tell; after an undo its place stays known, for it may be redone.

import { Plugin, PluginKey, type EditorState, type Transaction } from 'prosemirror-state';

import type { Range } from '../document/plain-text';
import { decisionsOf } from './decisions';

export interface Accepted extends Range {
  readonly key: number;
  readonly original: string;
}

const acceptedKey = new PluginKey<readonly Accepted[]>('accepted');

export function tellAccepted(transaction: Transaction, told: readonly Accepted[]): void {
  transaction.setMeta(acceptedKey, told);
}

export function accepted(): Plugin<readonly Accepted[]> {
  return new Plugin<readonly Accepted[]>({
    key: acceptedKey,
    state: {
      init: () => [],
      apply(transaction, known) {
        const told = (transaction.getMeta(acceptedKey) ?? []) as readonly Accepted[];
        if (!transaction.docChanged) return known;
        const { mapping } = transaction;
        const moved = known.map((one) => ({ ...one, from: mapping.map(one.from, 1), to: mapping.map(one.to, -1) }));
        return told.length > 0 ? [...moved.filter(({ key }) => !told.some((one) => one.key === key)), ...told] : moved;
      },
    },
  });
}

/** The accepted replacements that stand in the draft, in order. A hand that wrote on into one has made it its own. */
export function acceptedIn(state: EditorState): Accepted[] {
  const replacements = new Map(decisionsOf(state.doc).map(({ key, replacement }) => [key, replacement]));
  return (acceptedKey.getState(state) ?? [])
    .filter(({ key, from, to }) => {
      const replacement = replacements.get(key);
      return replacement !== undefined && from <= to && state.doc.textBetween(from, to, '\n', '\n') === replacement;
    })
    .sort((one, other) => one.from - other.from);
}
