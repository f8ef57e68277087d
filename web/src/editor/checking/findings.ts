// What is known about the draft: its findings, kept in their places through edits, and what has yet to be checked.

import type { Node } from 'prosemirror-model';
import { Plugin, PluginKey, type EditorState, type Transaction } from 'prosemirror-state';
import type { Mapping } from 'prosemirror-transform';
import { Decoration, DecorationSet } from 'prosemirror-view';

import type { Finding } from '../../wire';
import type { Range } from '../document/plain-text';
import { decisionsOf, Hidden } from './decisions';

/** A finding of the service, with its place in the draft as it now is. */
export interface Marked extends Finding, Range {
  /** Stays the same while the finding stays in its place. */
  readonly key: number;
}

export interface Findings {
  /** Rises with every change of the text: an answer about an older one is stale. */
  readonly version: number;
  readonly every: readonly Marked[];
  readonly visible: readonly Marked[];
  readonly hidden: readonly Marked[];
  readonly marks: DecorationSet;
  /** What was edited since the service last saw it. */
  readonly unchecked: readonly Range[];
  /** Whether the whole text, as it is, has been checked. */
  readonly complete: boolean;
  /** Whether there ever was an answer about this draft. */
  readonly known: boolean;
  readonly active: number | null;
}

/** What a transaction may say to the plug-in. */
type Message =
  | { readonly is: 'answer'; readonly found: readonly Marked[]; readonly within: readonly Range[] | null }
  | { readonly is: 'activate'; readonly key: number | null }
  | { readonly is: 'forget' };

export const findingsKey = new PluginKey<Findings>('findings');

export function findingsOf(state: EditorState): Findings {
  const known = findingsKey.getState(state);
  if (!known) throw new Error('the findings are not kept');
  return known;
}

const NOTHING: Findings = {
  version: 0, every: [], visible: [], hidden: [], marks: DecorationSet.empty,
  unchecked: [], complete: false, known: false, active: null,
};

function markOf(finding: Marked, active: boolean): Decoration {
  const { key, severity, category, from, to } = finding;
  const name = `mark mark-${severity} mark-${category}${active ? ' mark-active' : ''}`;
  return Decoration.inline(from, to, { class: name, 'data-key': String(key) }, { key, name });
}

const keyIn = (spec: unknown): number => (spec as { key: number }).key;
const nameIn = (spec: unknown): string => (spec as { name: string }).name;

/** Exchanges only the marks that differ: the rest of the paper is not drawn anew. */
function remarked(marks: DecorationSet, doc: Node, visible: readonly Marked[], active: number | null): DecorationSet {
  const due = new Map(visible.map((finding) => [finding.key, markOf(finding, finding.key === active)]));
  const gone = marks.find().filter((mark) => {
    const wanted = due.get(keyIn(mark.spec));
    const stays = wanted?.from === mark.from && wanted.to === mark.to && nameIn(wanted.spec) === nameIn(mark.spec);
    if (stays) due.delete(keyIn(mark.spec));
    return !stays;
  });
  return marks.remove(gone).add(doc, [...due.values()]);
}

const touch = (one: Range, other: Range): boolean => one.from < other.to && other.from < one.to;

/** The places that a change wrote anew, as they now are. */
function changedRanges(mapping: Mapping): Range[] {
  const changed: Range[] = [];
  mapping.maps.forEach((map, index) => {
    map.forEach((_, __, from, to) => {
      const rest = mapping.slice(index + 1);
      changed.push({ from: rest.map(from, -1), to: rest.map(to, 1) });
    });
  });
  return changed;
}

/** A finding that an edit reached into is gone; the others move along. */
function moved(findings: readonly Marked[], mapping: Mapping): Marked[] {
  const kept: Marked[] = [];
  for (const finding of findings) {
    const from = mapping.mapResult(finding.from, 1);
    const to = mapping.mapResult(finding.to, -1);
    if (from.deletedAfter || to.deletedBefore || to.pos - from.pos !== finding.to - finding.from) continue;
    kept.push(from.pos === finding.from && to.pos === finding.to ? finding : { ...finding, from: from.pos, to: to.pos });
  }
  return kept;
}

function edited(known: Findings, transaction: Transaction): Findings {
  const { mapping } = transaction;
  if (mapping.maps.every((map) => map.toString() === '[]')) return known;
  const unchecked = [
    ...known.unchecked.map(({ from, to }) => ({ from: mapping.map(from, -1), to: mapping.map(to, 1) })),
    ...changedRanges(mapping),
  ];
  return {
    ...known,
    version: known.version + 1,
    every: moved(known.every, mapping),
    marks: known.marks.map(mapping, transaction.doc),
    unchecked,
    complete: false,
  };
}

/** Puts an answer in the place of what was known, of the whole text or of a part. */
function answered(known: Findings, found: readonly Marked[], within: readonly Range[] | null): Findings {
  const placeOf = ({ rule, from, to }: Marked) => `${rule} ${from} ${to}`;
  const keys = new Map(known.every.map((finding) => [placeOf(finding), finding.key]));
  const fresh = found.map((finding) => ({ ...finding, key: keys.get(placeOf(finding)) ?? finding.key }));
  const every = within === null ? fresh : [
    ...known.every.filter((old) => old.category === 'format' || !within.some((range) => touch(range, old))),
    ...fresh,
  ].sort((one, other) => one.from - other.from || other.to - one.to || one.rule.localeCompare(other.rule));
  return { ...known, every, unchecked: [], complete: within === null, known: true };
}

function heeding(known: Findings, message: Message | undefined): Findings {
  if (message?.is === 'answer') return answered(known, message.found, message.within);
  if (message?.is === 'activate') return { ...known, active: message.key };
  if (message?.is === 'forget') return { ...NOTHING, version: known.version };
  return known;
}

function next(transaction: Transaction, known: Findings, before: EditorState): Findings {
  const message = transaction.getMeta(findingsKey) as Message | undefined;
  const decided = decisionsOf(transaction.doc) !== decisionsOf(before.doc);
  if (!transaction.docChanged && !message) return known;
  const now = heeding(edited(known, transaction), message);
  if (now === known && !decided) return known;

  const resettled = decided || now.every !== known.every;
  const hides = new Hidden(decisionsOf(transaction.doc));
  const hidden = resettled ? now.every.filter((finding) => hides.has(finding)) : now.hidden;
  const visible = resettled ? now.every.filter((finding) => !hides.has(finding)) : now.visible;
  const active = visible.some(({ key }) => key === now.active) ? now.active : null;
  // Typing beside findings only moves them: the marks have moved along already.
  const sameMarks = !decided && !message && now.every.length === known.every.length && active === known.active;
  const marks = sameMarks ? now.marks : remarked(now.marks, transaction.doc, visible, active);
  return { ...now, visible, hidden, active, marks };
}

export function findings(): Plugin<Findings> {
  return new Plugin<Findings>({
    key: findingsKey,
    state: {
      init: () => NOTHING,
      apply: next,
    },
    props: {
      decorations: (state) => findingsOf(state).marks,
    },
  });
}

let lastKey = 0;
export function newKey(): number { return lastKey += 1; }

function telling(transaction: Transaction, message: Message): Transaction {
  return transaction.setMeta(findingsKey, message).setMeta('addToHistory', false);
}

export function tellAnswer(transaction: Transaction, found: readonly Marked[], within: readonly Range[] | null): Transaction {
  return telling(transaction, { is: 'answer', found, within });
}

export function tellActive(transaction: Transaction, key: number | null): Transaction {
  return transaction.setMeta(findingsKey, { is: 'activate', key } satisfies Message);
}

export function tellForget(transaction: Transaction): Transaction { return telling(transaction, { is: 'forget' }); }

export function findingAt(known: Findings, position: number): Marked | null {
  let best: Marked | null = null;
  for (const finding of known.visible) {
    if (finding.from > position || finding.to < position) continue;
    if (!best || finding.to - finding.from < best.to - best.from) best = finding;
  }
  return best;
}
