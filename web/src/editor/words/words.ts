// What the page itself says, in Chinese and in English. What the service says about a text is Chinese in either.

import { CHINESE } from './chinese';
import { ENGLISH } from './english';

export type Word = keyof typeof CHINESE;

const LANGUAGES = { 'zh-CN': CHINESE, en: ENGLISH } as const;
export type Language = keyof typeof LANGUAGES;

const KEPT_AS = 'shenjiao.language';
let chosen: Language = 'zh-CN';

export function say(word: Word, fillings: Readonly<Record<string, string | number>> = {}): string {
  return LANGUAGES[chosen][word].replace(/\{(\w+)\}/g, (hole, name: string) => String(fillings[name] ?? hole));
}

export function language(): Language { return chosen; }

/** Fills the elements of the page that ask for words: data-say for their text, data-say-NAME for an attribute. */
export function sayAll(): void {
  document.documentElement.lang = chosen;
  document.title = say('title');
  for (const element of document.querySelectorAll<HTMLElement>('[data-say]')) {
    element.textContent = say(element.dataset['say'] as Word);
  }
  for (const name of ['title', 'aria-label']) {
    for (const element of document.querySelectorAll(`[data-say-${name}]`)) {
      element.setAttribute(name, say(element.getAttribute(`data-say-${name}`) as Word));
    }
  }
}

export function choose(wanted: Language): void {
  chosen = wanted;
  try {
    localStorage.setItem(KEPT_AS, wanted);
  } catch {
    // Without storage the choice holds as long as the page.
  }
}

export function chooseAsBefore(): void {
  try {
    if (localStorage.getItem(KEPT_AS) === 'en') chosen = 'en';
  } catch {
    // Likewise.
  }
}
