// What every dialog of the page has: it asks before it throws away what was filled in, and shows why something was refused.

import { byId, button, make, write } from '../elements';
import { Failure } from '../service';
import { clearFaults, markFaults, watchFaults } from './faults';

const ENTRY = /S\d{5,9}/;

export class FormDialog {
  readonly element: HTMLDialogElement;
  readonly form: HTMLFormElement;
  readonly #error: HTMLElement;
  readonly #save: HTMLButtonElement;
  readonly #state: () => string;
  #opened = '';
  #busy = false;

  /**
   * @param name of the dialog; its parts are `${name}-form`, `${name}-error` and `${name}-save`
   * @param state of the fields, to tell whether something would be lost
   * @param save does the work; a Failure that it does not handle itself is shown in the dialog
   */
  constructor(name: string, state: () => string, save: () => Promise<void>) {
    this.element = byId(`${name}-dialog`, HTMLDialogElement);
    this.form = byId(`${name}-form`, HTMLFormElement);
    this.#error = byId(`${name}-error`, HTMLElement);
    this.#save = byId(`${name}-save`, HTMLButtonElement);
    this.#state = state;
    watchFaults(this.form);
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit(save);
    });
    this.element.addEventListener('cancel', (event) => {
      if (!this.#mayLeave()) event.preventDefault();
    });
    for (const leave of this.element.querySelectorAll('[data-leave]')) {
      leave.addEventListener('click', () => {
        if (this.#mayLeave()) this.element.close();
      });
    }
  }

  open(): void {
    this.refuse('');
    clearFaults(this.form);
    this.#opened = this.#state();
    if (!this.element.open) this.element.showModal();
    this.element.scrollTop = 0;
  }

  close(): void { this.element.close(); }

  refuse(message: string): void {
    write(this.#error, message);
    const named = ENTRY.exec(message)?.[0];
    if (!named) return;
    // “S00012 已有同样的词语”: the way to it.
    const there = button(`打开 ${named}`, 'link');
    there.addEventListener('click', () => {
      if (!this.#mayLeave()) return;
      this.close();
      location.hash = `#entries/${named}`;
    });
    this.#error.append(make('span', '', ' '), there);
  }

  #mayLeave(): boolean {
    return this.#state() === this.#opened || confirm('填写的内容还没有保存，要放弃吗？');
  }

  async #submit(save: () => Promise<void>): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.#save.setAttribute('aria-disabled', 'true');
    this.refuse('');
    try {
      await save();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const rest = markFaults(this.form, error.faults);
      this.refuse(error.faults.length === 0 ? error.message : rest.length > 0 ? rest.map(({ detail }) => detail).join('；') : `${error.title}，请改正标出的各项。`);
    } finally {
      this.#busy = false;
      this.#save.removeAttribute('aria-disabled');
    }
  }
}
