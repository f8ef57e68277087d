// What an editor can do with findings: each one transaction, and so one step of undo.

import type { EditorState, Transaction } from 'prosemirror-state';

import { sourceInWords } from '../sources';
import { alone, decide, decisionsOf, withoutHiding, type Decision, type Reason } from './decisions';
import { findingsOf, type Marked } from './findings';
import { tellAccepted } from './accepted';

function decisionOn(finding: Marked, kind: Decision['kind'], more: Partial<Decision> = {}): Decision {
  const { key, id, rule, severity, category, message, text } = finding;
  return { kind, key, id, rule, severity, category, message, text, source: sourceInWords(finding.source), ...more };
}

/** Of findings that overlap, the one that begins first, and of those the longest. */
function apart(findings: readonly Marked[]): Marked[] {
  const chosen: Marked[] = [];
  for (const finding of findings) {
    if (finding.from >= (chosen.at(-1)?.to ?? 0)) chosen.push(finding);
  }
  return chosen;
}

function exchanged(
  state: EditorState, changes: readonly { finding: Marked; replacement: string }[], kind: 'accepted' | 'masked',
): Transaction {
  const transaction = alone(state);
  const originals = changes.map(({ finding: { from, to } }) => state.doc.textBetween(from, to, '\n', '\n'));
  // Last first: what stands before a change keeps its place.
  for (const { finding: { from, to }, replacement } of [...changes].reverse()) transaction.insertText(replacement, from, to);
  tellAccepted(transaction, changes.map(({ finding: { key, from, to } }, index) => ({
    key, from: transaction.mapping.map(from, -1), to: transaction.mapping.map(to, 1), original: originals[index] ?? '',
  })));
  return decide(transaction, changes.map(({ finding, replacement }) => decisionOn(finding, kind, { replacement })));
}

export function accept(state: EditorState, finding: Marked, replacement: string): Transaction {
  return exchanged(state, [{ finding, replacement }], 'accepted');
}

/** Whether a finding leaves nothing to judge: one way to write it, and a rule that is sure of itself. */
export function isCertain({ category, severity, replacements }: Marked): boolean {
  if (replacements.length !== 1) return false;
  return category === 'format' || (severity === 'error' && (category === 'typo' || category === 'expression'));
}

export function acceptAll(state: EditorState, findings: readonly Marked[]): Transaction {
  const certain = apart(findings.filter(isCertain));
  return exchanged(state, certain.map((finding) => ({ finding, replacement: finding.replacements[0] ?? '' })), 'accepted');
}

/** What must not stay open; hints are left to the editor. */
export function leaks(state: EditorState): Marked[] {
  return apart(findingsOf(state).visible.filter(({ category, severity, replacements }) => (
    category === 'privacy' && severity !== 'info' && replacements.length > 0
  )));
}

export function mask(state: EditorState, found: readonly Marked[]): Transaction {
  return exchanged(state, found.map((finding) => ({ finding, replacement: finding.replacements[0] ?? '' })), 'masked');
}

export function ignore(state: EditorState, finding: Marked): Transaction {
  return decide(alone(state), [decisionOn(finding, 'ignored')]);
}

export function ignoreEverywhere(state: EditorState, finding: Marked): Transaction {
  return decide(alone(state), [decisionOn(finding, 'ignored-everywhere')]);
}

export function callFalseAlarm(state: EditorState, finding: Marked, reason: Reason): Transaction {
  return decide(alone(state), [decisionOn(finding, 'false-alarm', { reason })]);
}

export function restore(state: EditorState): Transaction {
  return alone(state).setDocAttribute('decisions', withoutHiding(decisionsOf(state.doc)));
}
