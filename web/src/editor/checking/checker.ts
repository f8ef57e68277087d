// Has the draft checked while it is written: paragraphs that changed at once, the whole of it when the hands rest.
//
// Levels, pairs of marks and attachment lines are read over the whole text, so a part is checked for all categories but
// `format`, whose findings stay where they are until the whole has been checked again. The verdict is given only of the whole.

import type { Node } from 'prosemirror-model';
import type { EditorView } from 'prosemirror-view';

import { Failure } from '../../service';
import type { Answer, Finding } from '../../wire';
import { PlainText, type Range } from '../document/plain-text';
import { findingsOf, newKey, tellAnswer, tellForget, type Marked } from './findings';
import { proofread } from './proofreading';

const PART_PAUSE_MS = 350;
const WHOLE_PAUSE_MS = 1_500;
/** A draft so short is checked as a whole as quickly as a paragraph of it. */
const SHORT = 800;
/** Parts so long gain nothing over the whole. */
const LONG_PART = 4_000;

const PART_CATEGORIES = ['expression', 'sensitive', 'typo', 'privacy', 'link'] as const;

export interface CheckerEvents {
  onBusy(busy: boolean): void;
  onAnswer(answer: Answer | null): void;
  onFailure(message: string): void;
}

function blocksWithin(doc: Node, ranges: readonly Range[]): Range[] {
  const blocks: Range[] = [];
  const seen = new Set<number>();
  for (const { from, to } of ranges) {
    doc.nodesBetween(Math.max(0, from - 1), Math.min(doc.content.size, to + 1), (node, position) => {
      if (!node.isTextblock) return true;
      if (!seen.has(position)) blocks.push({ from: position, to: position + node.nodeSize });
      seen.add(position);
      return false;
    });
  }
  return blocks;
}

function placed(findings: readonly Finding[], text: PlainText): Marked[] {
  return findings.map((finding) => ({ ...finding, ...text.range(finding.start, finding.end), key: newKey() }));
}

export class Checker {
  readonly #view: EditorView;
  readonly #publishedOn: () => string;
  readonly #events: CheckerEvents;
  #request: AbortController | null = null;
  #pauses: number[] = [];

  constructor(view: EditorView, publishedOn: () => string, events: CheckerEvents) {
    this.#view = view;
    this.#publishedOn = publishedOn;
    this.#events = events;
  }

  get busy(): boolean { return this.#request !== null; }

  /** Whatever is under way speaks of a text that is no more. */
  abandon(): void {
    for (const pause of this.#pauses) clearTimeout(pause);
    this.#pauses = [];
    this.#request?.abort();
    this.#request = null;
  }

  soon(): void {
    this.abandon();
    this.#pauses = [setTimeout(() => this.#part(), PART_PAUSE_MS), setTimeout(() => this.whole(), WHOLE_PAUSE_MS)];
    this.#events.onBusy(false);
  }

  whole(): Promise<void> {
    this.abandon();
    const { doc } = this.#view.state;
    const text = new PlainText(doc);
    if (text.text.trim() === '') {
      if (!this.#view.composing) this.#view.dispatch(tellForget(this.#view.state.tr));
      this.#events.onAnswer(null);
      return Promise.resolve();
    }
    return this.#ask(text, null);
  }

  #part(): void {
    const { doc } = this.#view.state;
    const known = findingsOf(this.#view.state);
    const blocks = blocksWithin(doc, known.unchecked);
    const wanted = new Set(blocks.map(({ from }) => from));
    const text = new PlainText(doc, (_, position) => wanted.has(position));
    if (!known.known || doc.content.size < SHORT || text.text.length > LONG_PART) void this.whole();
    else if (text.text.trim() !== '') void this.#ask(text, blocks);
  }

  async #ask(text: PlainText, within: readonly Range[] | null): Promise<void> {
    const request = new AbortController();
    const { version } = findingsOf(this.#view.state);
    this.#request = request;
    this.#events.onBusy(true);
    try {
      const categories = within === null ? null : PART_CATEGORIES;
      const answer = await proofread(text.text, this.#publishedOn(), categories, request.signal);
      if (this.#request !== request) return;
      this.#request = null;
      this.#take(answer, text, within, version);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (this.#request !== request) return;
      this.#request = null;
      this.#events.onFailure(error.message);
    }
  }

  #take(answer: Answer, text: PlainText, within: readonly Range[] | null, version: number): void {
    const view = this.#view;
    // New marks would break off a composition; when it ends, the text is checked anew.
    if (view.composing || findingsOf(view.state).version !== version) return;
    view.dispatch(tellAnswer(view.state.tr, placed(answer.findings, text), within));
    this.#events.onAnswer(answer);
  }

}
