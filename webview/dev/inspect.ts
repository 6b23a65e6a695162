/** Checks that run inside the page; each returns what is wrong, in words. They may use nothing outside themselves. */

/** Elements whose content is wider than they are, or that stand beyond the right edge of the page. */
export function overflowing(): string[] {
  return [...document.querySelectorAll<HTMLElement>('#weft *:not(.unseen, .unseen *)')]
    .filter((element) => {
      const cut = getComputedStyle(element).textOverflow === 'ellipsis';
      const inside =
        element.parentElement && getComputedStyle(element.parentElement).textOverflow === 'ellipsis';
      const wider = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && !cut;
      return (wider || element.getBoundingClientRect().right > innerWidth + 1) && !inside;
    })
    .map((element) => `${element.className || element.tagName}: ${element.textContent.slice(0, 40)}`);
}

/** Controls without an accessible name. */
export function unnamed(): string[] {
  const controls = 'button, a, input, textarea, select, [role=tab], [role=option], [tabindex="0"]';
  return [...document.querySelectorAll<HTMLElement>(controls)]
    .filter((element) => {
      const labelled = element.getAttribute('aria-labelledby')?.split(' ') ?? [];
      const names = [
        element.getAttribute('aria-label'),
        ...labelled.map((id) => document.getElementById(id)?.textContent),
        element.matches('textarea') ? '' : element.innerText,
      ];
      return !names.some((name) => name?.trim());
    })
    .map((element) => element.outerHTML.slice(0, 120));
}

/** Texts that stand on their background with a contrast below 4.5 (WCAG 2.2, 1.4.3); disabled ones may. */
export function weakContrast(): string[] {
  type Colour = [number, number, number, number];
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const parse = (css: string): Colour => {
    if (!canvas) return [0, 0, 0, 0];
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = css;
    canvas.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0, a = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top: Colour, below: Colour): Colour => {
    const mix = (i: 0 | 1 | 2) => top[i] * top[3] + below[i] * (1 - top[3]);
    return [mix(0), mix(1), mix(2), 1];
  };
  const luminance = ([r, g, b]: Colour) => {
    const linear = (value: number) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  };
  const background = (element: Element | null): Colour =>
    element
      ? over(parse(getComputedStyle(element).backgroundColor), background(element.parentElement))
      : [255, 255, 255, 1];
  return [...document.querySelectorAll<HTMLElement>('#weft *')]
    .filter((element) =>
      [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()),
    )
    .filter((element) => !element.closest(':disabled, [aria-disabled=true], .unseen'))
    .flatMap((element) => {
      const below = background(element);
      const lights = [luminance(below), luminance(over(parse(getComputedStyle(element).color), below))];
      const ratio = (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05);
      return ratio < 4.5 ? [`${ratio.toFixed(2)} ${element.textContent.slice(0, 40)}`] : [];
    });
}
