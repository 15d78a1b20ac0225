import { Buffer } from 'node:buffer';
import type { Frame, Page } from '@playwright/test';
import { type Lang, t } from './demo';

/** A small PDF without anything that acts. */
export const PDF = Buffer.from(
  '%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n' +
    '3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>\nendobj\ntrailer\n<< /Size 4 /Root 1 0 R >>\n%%EOF',
);

/** A PNG as this browser makes one, with a text chunk that names its maker. */
export async function picture(page: Page): Promise<Buffer> {
  const drawn = await page.screenshot({ clip: { x: 0, y: 0, width: 300, height: 200 } });
  const text = Buffer.from('tEXtAuthor\0Kuvaaja Maija');
  const chunk = Buffer.alloc(8 + text.length);
  chunk.writeUInt32BE(text.length - 4);
  text.copy(chunk, 4);
  chunk.writeUInt32BE(crc(text), 4 + text.length);
  return Buffer.concat([drawn.subarray(0, 33), chunk, drawn.subarray(33)]);
}

function crc(bytes: Buffer): number {
  let c = ~0;
  for (const byte of bytes) {
    c ^= byte;
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  }
  return ~c >>> 0;
}

/** Chooses a file as the browser's own window would; the chat may be in a frame of the page. */
export async function attach(page: Page, lang: Lang, file: { name: string; mimeType: string; buffer: Buffer }, chat: Page | Frame = page) {
  const window = page.waitForEvent('filechooser');
  await chat.getByRole('button', { name: t(lang, 'shared.file.choose') }).click();
  await (await window).setFiles(file);
}
