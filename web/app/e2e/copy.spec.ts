import Ajv2020 from '@redocly/ajv/dist/2020.js';
import { expect, test } from '@playwright/test';
import { copied } from './flows/requests';
import { AUTHORITY } from './flows/world';

test('a citizen asks for a copy and fetches what its schema says by a link and a code', async ({ browser, request }) => {
  test.setTimeout(180_000);
  const document = (await copied({ browser, lang: 'fi', size: { viewport: { width: 1280, height: 800 } }, at: () => Promise.resolve() }, false)) as { contacts: { items: { text: string }[] }[] };
  const answer = await request.get(`/${AUTHORITY}/copy.schema.json`);
  const validate = new Ajv2020({ strict: false, formats: { 'date-time': true } }).compile((await answer.json()) as object);
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  expect(JSON.stringify(document)).toContain('█████');
  const broken = structuredClone(document);
  broken.contacts[0]!.items[0] = { text: 'x' };
  expect(validate(broken), 'control: a datum without its field').toBe(false);
});
