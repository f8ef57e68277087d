// The key with which the page asks: asked of the editor when the service wants one, kept as long as the tab.

import { button, make, write } from './elements';

const KEPT_AS = 'shenjiao.key';

interface Words {
  readonly title: string;
  readonly wanted: string;
  readonly refused: string;
  readonly insufficient: string;
  readonly label: string;
  readonly use: string;
  readonly cancel: string;
}

const CHINESE: Words = {
  title: '请输入密钥',
  wanted: '本服务须凭密钥使用，密钥由管理员提供。它只留在本标签页中，关闭即忘。',
  refused: '密钥有误或已撤销，请重新输入。',
  insufficient: '所用密钥的权限不够，可以换一个密钥再试。',
  label: '密钥',
  use: '使用',
  cancel: '取消',
};

const ENGLISH: Words = {
  title: 'Enter your key',
  wanted: 'This service asks for a key, which its administrator provides. It stays in this tab and is forgotten when the tab is closed.',
  refused: 'The key is wrong or has been revoked. Please enter it again.',
  insufficient: 'This key may not do that. You can try again with another key.',
  label: 'Key',
  use: 'Use',
  cancel: 'Cancel',
};

let held = '';
let asking: Promise<boolean> | null = null;

try {
  held = sessionStorage.getItem(KEPT_AS) ?? '';
} catch {
  // Without storage the key holds as long as the page.
}

function hold(key: string): void {
  held = key;
  try {
    sessionStorage.setItem(KEPT_AS, key);
  } catch {
    // Likewise.
  }
}

/** The key as it is now; empty where none was given. */
export function heldKey(): string { return held; }

/** Whether an answer may be another with another key. */
export function wantsKey(status: number, sent: string): boolean {
  return status === 401 || (status === 403 && sent !== '');
}

/**
 * Asks the editor for a key; true if there is another one to try. However many requests were refused, it is asked once.
 *
 * @param status of the answer that refused
 * @param sent the key that was refused; empty if none was sent
 */
export async function anotherKey(status: number, sent: string): Promise<boolean> {
  if (held !== sent) return true;
  asking ??= ask(status, sent).finally(() => { asking = null; });
  return asking;
}

function ask(status: number, sent: string): Promise<boolean> {
  const words = document.documentElement.lang === 'en' ? ENGLISH : CHINESE;
  const title = make('h2', '', words.title);
  title.id = 'access-key-title';
  const reason = make('p', 'soft', sent === '' ? words.wanted : status === 403 ? words.insufficient : words.refused);
  reason.id = 'access-key-reason';
  const field = make('input');
  field.type = 'password';
  field.required = true;
  field.autocomplete = 'off';
  field.spellcheck = false;
  field.setAttribute('aria-describedby', reason.id);
  const use = make('button', 'primary', words.use);
  const cancel = button(words.cancel);
  const form = make('form', '', title, reason, make('label', '', words.label, field), make('p', 'actions', use, cancel));
  const dialog = make('dialog', 'access-key', form);
  dialog.setAttribute('aria-labelledby', title.id);
  document.body.append(dialog);
  const before = document.activeElement;
  return new Promise((resolve) => {
    let given = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const key = field.value.trim();
      // What no header can carry is no key.
      if (!/^[\x21-\x7e]+$/.test(key)) {
        write(reason, words.refused);
        return;
      }
      hold(key);
      given = true;
      dialog.close();
    });
    cancel.addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => {
      dialog.remove();
      if (before instanceof HTMLElement) before.focus();
      resolve(given);
    });
    dialog.showModal();
  });
}
