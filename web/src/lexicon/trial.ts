// Tries a change against pasted texts before it counts: what would newly be reported, and what would fall silent.

import { button, make, write } from '../elements';
import { CATEGORY, SEVERITY } from '../labels';
import { Failure } from '../service';
import type { Finding } from '../wire';
import { markFaults } from './faults';
import { tryOn } from './site-lexicon';
import type { Proposal, TriedText } from './wire';

const AROUND = 18;
const MOST_SHOWN = 50;
const MOST_TEXTS = 20;
/** The service names entries that are only tried from here on. */
const TRIED = /^S9\d{8}$/;
const BETWEEN_TEXTS = /^-{3,}\s*$/m;

function placeOf(text: string, { start, end, text: shown }: Finding): HTMLElement {
  const before = text.slice(Math.max(0, start - AROUND), start).replace(/\s+/g, ' ');
  const after = text.slice(end, end + AROUND).replace(/\s+/g, ' ');
  return make('p', 'place', start > AROUND ? '…' : '', before, make('mark', '', shown), after, end + AROUND < text.length ? '…' : '');
}

function findingOf(text: string, finding: Finding): HTMLLIElement {
  const rule = TRIED.test(finding.rule) ? '拟新增的条目' : finding.rule;
  const head = `${SEVERITY[finding.severity]} · ${CATEGORY[finding.category] ?? finding.category} · ${rule}`;
  return make('li', '', placeOf(text, finding), make('p', 'soft', head));
}

function partOf(title: string, className: string, texts: readonly string[], found: readonly (readonly Finding[])[]): HTMLElement {
  const all = found.flatMap((findings, index) => findings.map((finding) => findingOf(texts[index] ?? '', finding)));
  const part = make('section', className, make('h4', '', `${title} ${all.length} 处`));
  if (all.length > 0) part.append(make('ul', '', ...all.slice(0, MOST_SHOWN)));
  if (all.length > MOST_SHOWN) part.append(make('p', 'soft', `只列前 ${MOST_SHOWN} 处。`));
  return part;
}

export class Trial {
  readonly element: HTMLDetailsElement;
  readonly #texts = make('textarea');
  readonly #status = make('p', 'soft');
  readonly #results = make('div', 'tried');
  #proposal: () => Proposal = () => ({});

  constructor() {
    this.#texts.rows = 5;
    this.#texts.placeholder = '粘贴一篇或几篇文稿';
    this.#status.setAttribute('role', 'status');
    const start = button('试查');
    start.addEventListener('click', () => this.#try());
    this.element = make(
      'details', 'trial',
      make('summary', '', '先用文稿试查'),
      make('label', 'field', make('span', '', '试查的文稿（几篇之间用一行 --- 分开；文稿不保存，词库不变）'), this.#texts),
      make('p', 'actions', start),
      this.#status,
      this.#results,
    );
  }

  /** Stands at the foot of a form, and tries what that form says. */
  settle(place: HTMLElement, proposal: () => Proposal): void {
    this.#proposal = proposal;
    this.#results.replaceChildren();
    write(this.#status, '');
    place.append(this.element);
  }

  async #try(): Promise<void> {
    const texts = this.#texts.value.split(BETWEEN_TEXTS).map((text) => text.trim()).filter(Boolean);
    this.#results.replaceChildren();
    if (texts.length === 0 || texts.length > MOST_TEXTS) {
      write(this.#status, texts.length === 0 ? '请先粘贴文稿。' : `一次至多试查 ${MOST_TEXTS} 篇。`);
      this.#texts.focus();
      return;
    }
    write(this.#status, '正在试查…');
    try {
      this.#show(texts, await tryOn(texts, this.#proposal()));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const form = this.element.closest('form');
      const rest = form ? markFaults(form, error.faults) : error.faults;
      const marked = error.faults.length > rest.length;
      write(this.#status, marked ? `${error.title}，请改正标出的各项再试查。` : error.message);
    }
  }

  #show(texts: readonly string[], tried: readonly TriedText[]): void {
    const appearing = tried.map((text) => text.appearing);
    const disappearing = tried.map((text) => text.disappearing);
    const [more, fewer] = [appearing.flat().length, disappearing.flat().length];
    write(this.#status, more + fewer === 0 ? '这些文稿的检查结果不变。' : `新增 ${more} 处，消失 ${fewer} 处。`);
    if (more > 0) this.#results.append(partOf('将新增', 'appearing', texts, appearing));
    if (fewer > 0) this.#results.append(partOf('将消失', 'disappearing', texts, disappearing));
  }
}
