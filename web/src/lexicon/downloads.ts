// Tables out. A link cannot carry a key: with one, the page fetches the file itself.

import { heldKey } from '../access-key';
import { save } from '../saving';
import { askForNamedFile } from '../service';
import { attempt } from './notice';

export function downloadWithKey(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[download]')) {
    link.addEventListener('click', (event) => {
      if (!heldKey()) return;
      event.preventDefault();
      attempt(async () => {
        const file = await askForNamedFile(link.href, { failed: '没有导出' });
        save(file, file.name);
      });
    });
  }
}
