/** The ground of the button and of the title bar; their text is white. */
export const DEFAULT = '#00357a';
/** WCAG 2.1, 1.4.3. */
const LEAST = 4.5;

/** A colour as the page gave it, or the default and why it was not taken. */
export function chosen(given: string | undefined): { colour: string; refused?: string } {
  if (!given) return { colour: DEFAULT };
  const colour = given.trim().toLowerCase();
  if (!/^#([0-9a-f]{3}|[0-9a-f]{6})$/.test(colour)) return { colour: DEFAULT, refused: `data-colour "${given}" is not #rgb or #rrggbb` };
  const contrast = withWhite(colour);
  if (contrast >= LEAST) return { colour };
  return { colour: DEFAULT, refused: `data-colour "${given}" has a contrast of ${contrast.toFixed(2)} with its white text; ${LEAST} is the least (WCAG 1.4.3)` };
}

/** Contrast ratio with white (WCAG 2.1, relative luminance). */
export function withWhite(colour: string): number {
  const long = colour.length === 4 ? colour.replace(/[0-9a-f]/g, '$&$&') : colour;
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => linear(parseInt(long.slice(at, at + 2), 16) / 255));
  return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05);
}

const linear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
