// The card of the finding that is looked at: what, why, on what grounds, and what can be done.

import { button, make } from '../../elements';
import { REASONS, type Reason } from '../checking/decisions';
import type { Marked } from '../checking/findings';
import { sourceInWords } from '../sources';
import { say, type Word } from '../words/words';

const MOST_REPLACEMENTS = 5;
const OF_THE_SITE = /^S\d{5,}$/;

export interface CardEvents {
  onAccept(finding: Marked, replacement: string): void;
  onIgnore(finding: Marked): void;
  onIgnoreEverywhere(finding: Marked): void;
  onFalseAlarm(finding: Marked, reason: Reason): void;
  onCopyRule(finding: Marked): void;
  onMove(step: 1 | -1): void;
  onClose(): void;
}

export function ruleAddress({ rule }: Marked): string { return new URL(`/v1/rules/${rule}`, location.href).href; }

// What the site itself has written can be looked up, and mended, where it is kept.
function ruleOf(finding: Marked): HTMLElement {
  const ofTheSite = OF_THE_SITE.test(finding.rule);
  const link = make('a', 'rule', finding.rule);
  link.href = ofTheSite ? `/lexicon#entries/${finding.rule}` : ruleAddress(finding);
  link.target = '_blank';
  link.rel = 'noopener';
  if (ofTheSite) link.title = say('inLexicon');
  return link;
}

function pressed(text: string, className: string, act: () => void): HTMLButtonElement {
  const made = button(text, className);
  made.addEventListener('click', act);
  return made;
}

function falseAlarm(finding: Marked, events: CardEvents): HTMLElement {
  const reasons = REASONS.map((reason) => (
    pressed(say(`reason_${reason.replaceAll('-', '_')}` as Word), '', () => events.onFalseAlarm(finding, reason))
  ));
  const details = make('details', 'false-alarm', make('summary', '', say('falseAlarm')));
  details.append(make('p', 'why', say('falseAlarmWhy')), make('p', 'actions', ...reasons));
  return details;
}

export class Card {
  readonly #root: HTMLElement;
  readonly #events: CardEvents;
  #shown = '';

  constructor(root: HTMLElement, events: CardEvents) {
    this.#root = root;
    this.#events = events;
  }

  get open(): boolean { return !this.#root.hidden; }

  close(): void {
    this.#root.hidden = true;
    this.#shown = '';
  }

  /** Builds the card anew only for another finding, so that focus within it survives every check. */
  show(finding: Marked, index: number, total: number): void {
    const key = JSON.stringify([finding.key, finding.severity, finding.message, finding.replacements, document.documentElement.lang]);
    const place = say('place', { n: index + 1, total });
    if (key === this.#shown) {
      const counter = this.#root.querySelector('.count');
      if (counter && counter.textContent !== place) counter.textContent = place;
    } else {
      this.#shown = key;
      this.#root.replaceChildren(...this.#content(finding, place));
      Object.assign(this.#root.dataset, { severity: finding.severity, rule: finding.rule });
    }
    this.#root.hidden = false;
  }

  #content(finding: Marked, place: string): HTMLElement[] {
    const events = this.#events;
    const move = (word: 'previous' | 'next', sign: string, step: 1 | -1) => {
      const made = pressed(sign, 'quiet step', () => events.onMove(step));
      made.setAttribute('aria-label', say(word));
      made.title = say(word);
      return made;
    };
    const close = pressed('×', 'quiet step', () => events.onClose());
    close.setAttribute('aria-label', say('close'));
    const head = make(
      'p', 'card-head',
      make('span', 'severity', say(finding.severity)),
      make('span', 'category', say(finding.category as Word)),
      make('span', 'count', place),
      move('previous', '↑', -1), move('next', '↓', 1), close,
    );

    const accepts = finding.replacements.slice(0, MOST_REPLACEMENTS).map((replacement) => (
      pressed(
        replacement === '' ? say('acceptDelete') : say('accept', { words: replacement }),
        'accept', () => events.onAccept(finding, replacement),
      )
    ));
    accepts[0]?.classList.add('primary');
    const ignores = [
      pressed(say('ignore'), 'quiet', () => events.onIgnore(finding)),
      pressed(say('ignoreEverywhere'), 'quiet', () => events.onIgnoreEverywhere(finding)),
    ];
    const rule = make(
      'p', 'card-foot', ruleOf(finding), pressed(say('copyRule'), 'link', () => events.onCopyRule(finding)),
      falseAlarm(finding, events),
    );
    return [
      head,
      make('p', 'place', finding.text),
      make('p', 'message', finding.message),
      make('p', 'source', `${say('basis')}${sourceInWords(finding.source)}`),
      make('p', 'actions', ...accepts, ...ignores),
      rule,
    ];
  }

  contains(element: Element | null): boolean { return this.#root.contains(element); }

  focus(): void { (this.#root.querySelector<HTMLElement>('.accept') ?? this.#root).focus(); }
}
