// Who answers for a change. The name is asked for wherever something is changed, and remembered in this browser.

import { make } from '../elements';
import type { Signature } from './wire';

const MEMORY = 'shenjiao-author';

function remembered(): string {
  try {
    return localStorage.getItem(MEMORY) ?? '';
  } catch {
    return '';
  }
}

function remember(author: string): void {
  try {
    localStorage.setItem(MEMORY, author);
  } catch {
    // A browser that keeps nothing asks again.
  }
}

function field(id: string, name: string, label: string): { input: HTMLInputElement; element: HTMLElement } {
  const input = make('input');
  input.id = id;
  input.dataset['field'] = name;
  input.setAttribute('aria-describedby', `${id}-fault`);
  const fault = make('p', 'fault');
  fault.id = `${id}-fault`;
  const caption = make('label', '', label);
  caption.htmlFor = id;
  return { input, element: make('div', 'field', caption, input, fault) };
}

/** The two fields of a signature, at the end of a form. */
export class Signing {
  readonly element: HTMLElement;
  readonly #author: HTMLInputElement;
  readonly #note: HTMLInputElement;

  constructor(form: string) {
    const author = field(`${form}-author`, 'author', '改动人');
    const note = field(`${form}-note`, 'note', '改动缘由（可不填）');
    this.#author = author.input;
    this.#note = note.input;
    this.#author.required = true;
    this.#author.autocomplete = 'name';
    this.#note.autocomplete = 'off';
    this.element = make('div', 'signing', author.element, note.element);
    this.reset();
  }

  reset(): void {
    this.#author.value = '';
    this.#note.value = '';
    this.recall();
  }

  /** Fills in the name that was last given, unless another stands there. */
  recall(): void { this.#author.value ||= remembered(); }

  get signature(): Signature {
    return { author: this.#author.value.trim(), note: this.#note.value.trim() };
  }

  /** Call when a change has been accepted under this name. */
  keep(): void { remember(this.signature.author); }
}
