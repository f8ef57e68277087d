// Lists as Word and WPS put them on the clipboard: paragraphs whose number is a span of its own.
//
// A number stays as text, as it was seen: official documents number by hand anyhow (一、（一）1.), the service checks
// the numbers, and whatever the text is pasted into shows the same ones. Bullets become real lists.

import { styleOf } from './styles';

// Letters are what Word's bullets are called in Wingdings and Courier.
const BULLETS = /^[·•●○■□◆◇▪▫➢➤✓✔§Øüvolnqpw\uF000-\uF0FF\u2013\u2014-]$/u;

export function isLabel(element: Element): boolean {
  return /mso-list\s*:\s*ignore/i.test(styleOf(element));
}

export function isListed(element: Element): boolean {
  return /mso-list\s*:\s*(?!ignore|none)\w/i.test(styleOf(element));
}

export function labelOf(element: Element): string | null {
  const label = [...element.querySelectorAll('span')].find(isLabel);
  const words = label?.textContent?.replace(/[\s\u00a0]+/g, '');
  return words ? words : null;
}

export function isBullet(label: string): boolean { return BULLETS.test(label); }
