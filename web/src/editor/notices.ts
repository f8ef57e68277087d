// What the page says in passing, and what went wrong.

import { byId, write } from '../elements';

const NOTICE_MS = 8_000;

let fading = 0;

export function notify(message: string): void {
  const notice = byId('notice', HTMLElement);
  write(notice, message);
  notice.toggleAttribute('data-empty', message === '');
  clearTimeout(fading);
  if (message) fading = setTimeout(notify, NOTICE_MS, '');
}

export function warn(message: string): void { write(byId('alert', HTMLElement), message); }
