// Makes and finds elements of a page. Words of the service and of editors enter it only as text nodes.

export function byId<T extends HTMLElement = HTMLElement>(id: string, kind: abstract new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page lacks #${id}`);
  return found;
}

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K, className = '', ...content: (string | Node)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...content);
  return element;
}

export function button(text: string, className = ''): HTMLButtonElement {
  const element = make('button', className, text);
  element.type = 'button';
  return element;
}

// A live region speaks on every write, so only what differs is written.
export function write(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}
