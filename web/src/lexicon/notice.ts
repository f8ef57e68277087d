// What was done, with a way back; and what went wrong.

import { byId, write } from '../elements';
import { Failure } from '../service';

const NOTICE_MS = 20_000;

let fading = 0;
let undo: (() => void) | null = null;

const button = byId('undo', HTMLButtonElement);
button.addEventListener('click', () => undo?.());

export function notify(message: string, wayBack: (() => void) | null = null): void {
  undo = wayBack;
  button.hidden = wayBack === null;
  write(byId('notice-text', HTMLElement), message);
  byId('notice', HTMLElement).toggleAttribute('data-empty', message === '');
  clearTimeout(fading);
  if (message) fading = setTimeout(notify, NOTICE_MS, '');
}

export function alertWith(message: string): void { write(byId('alert', HTMLElement), message); }

/** Runs what asks the service; what fails is shown. Tells whether it was done. */
export async function attempt(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    alertWith('');
    return true;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    alertWith(error.message);
    return false;
  }
}
