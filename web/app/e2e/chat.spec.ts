import { expect, test } from '@playwright/test';
import { closeContact, LANGS, leave, say, staff, startChat, t, takeNext } from './demo';

const WORDS = {
  fi: { ask: 'Hei, mistä haen passin?', answer: 'Poliisilta: https://poliisi.example.fi/passi.' },
  sv: { ask: 'Hej, var ansöker jag om pass?', answer: 'Hos polisen: https://poliisi.example.fi/pass.' },
  en: { ask: 'Hello, where do I apply for a passport?', answer: 'From the police: https://poliisi.example.fi/en.' },
};

for (const lang of LANGS)
  test(`a citizen chats with an adviser in ${lang}, from the queue to the reference code`, async ({ page, browser }) => {
    const { ask, answer } = WORDS[lang];
    await startChat(page, { lang });
    await expect(page.getByText(new RegExp(t(lang, 'chat.waiting.position', { n: '\\d+' })))).toBeVisible();
    await say(page, t(lang, 'chat.write.label'), ask);

    const desk = await staff(browser, 'adviser');
    await takeNext(desk, page, lang);
    const asked = desk.getByRole('log').getByText(ask);
    await expect(asked).toBeVisible();
    await expect(asked).toHaveAttribute('lang', lang);
    await expect(page.getByText(t(lang, 'chat.progress.seen'))).toBeVisible();

    await desk.getByRole('textbox', { name: t(lang, 'desk.write.reply') }).pressSequentially('x');
    await expect(page.getByText(/kirjoittaa\.|skriver\.|is writing\./).first()).toBeVisible();
    await say(desk, t(lang, 'desk.write.reply'), answer);
    await expect(page.getByRole('log').getByRole('link', { name: /poliisi/ })).toBeVisible();
    await expect(desk.getByText(t(lang, 'desk.timeline.progress.seen'))).toBeVisible();

    await closeContact(desk, lang);
    await expect(page.getByRole('heading', { name: t(lang, 'chat.ended.title') })).toBeFocused();
    await expect(page.getByText(t(lang, 'chat.ended.referenceUse'))).toBeVisible();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: t(lang, 'chat.ended.save') }).click();
    expect((await download).suggestedFilename()).toMatch(/^chat-.+\.html$/);
    await desk.context().close();
  });

test('guardianship asks for no contact details; advice does, where its notice declares them', async ({ page }) => {
  await page.goto('/dvv/chat/guardianship-chat?lang=fi');
  await expect(page.getByRole('button', { name: t('fi', 'chat.start.begin') })).toBeVisible();
  await expect(page.getByRole('textbox')).toHaveCount(0);
  await page.goto('/dvv/chat/citizens-advice?lang=fi');
  await expect(page.getByRole('textbox').first()).toBeVisible();
});

test('nothing is lost or doubled by a reload, a broken line and writing meanwhile', async ({ page, context, browser }) => {
  await startChat(page);
  const label = t('fi', 'chat.write.label');
  await say(page, label, 'ennen katkosta');
  await expect(page.getByText(t('fi', 'chat.progress.sent'))).toBeVisible();
  const desk = await staff(browser, 'adviser');
  await takeNext(desk, page);

  await context.setOffline(true);
  await say(page, label, 'katkoksen aikana');
  await expect(page.getByText(t('fi', 'chat.progress.sending'))).toBeVisible();
  await say(desk, t('fi', 'desk.write.reply'), 'vastaus katkoksen aikana');
  await context.setOffline(false);
  await expect(page.getByText('vastaus katkoksen aikana')).toBeVisible({ timeout: 30_000 });
  await expect(desk.getByText('katkoksen aikana', { exact: true })).toHaveCount(1, { timeout: 30_000 });

  await page.getByRole('textbox', { name: label }).fill('kesken jäänyt');
  await page.reload();
  await expect(page.getByRole('textbox', { name: label })).toHaveValue('kesken jäänyt');
  for (const text of ['ennen katkosta', 'katkoksen aikana', 'vastaus katkoksen aikana'])
    await expect(page.getByRole('log').getByText(text, { exact: true })).toHaveCount(1);
  await closeContact(desk);
  await desk.context().close();
});

test('a personal identity code never leaves the browser, and the writer is told', async ({ page }) => {
  const bodies: string[] = [];
  page.on('request', (request) => bodies.push(request.postData() ?? ''));
  await startChat(page);
  const field = page.getByRole('textbox', { name: t('fi', 'chat.write.label') });
  await field.fill('olen 010190-999W');
  await expect(page.getByText(t('fi', 'chat.write.code'))).toBeVisible();
  await field.press('Enter');
  await expect(page.getByText('olen ••••••-••••')).toBeVisible();
  await expect(page.getByText(t('fi', 'chat.progress.sent'))).toBeVisible();
  expect(bodies.join()).not.toContain('010190-999W');
  await leave(page);
});

test('markup in a message is shown as text on both sides', async ({ page, browser }) => {
  const text = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
  await startChat(page);
  await say(page, t('fi', 'chat.write.label'), text);
  const desk = await staff(browser, 'adviser');
  await takeNext(desk, page);
  await expect(desk.getByText(text)).toBeVisible();
  await expect(page.getByText(text)).toBeVisible();
  await closeContact(desk);
  await desk.context().close();
});

test('end and clear leaves nothing on a shared computer', async ({ page }) => {
  await startChat(page);
  await say(page, t('fi', 'chat.write.label'), 'salainen asia');
  await expect(page.getByText('salainen asia')).toBeVisible();
  await page.getByRole('button', { name: t('fi', 'chat.end.leaveQueue') }).click();
  await page.getByRole('button', { name: t('fi', 'chat.end.endAndClear') }).click();
  await expect(page.getByRole('heading', { name: t('fi', 'chat.cleared.title') })).toBeVisible();
  expect(await page.evaluate(() => [sessionStorage.length, localStorage.length, document.cookie])).toEqual([0, 0, '']);
  await page.reload();
  await expect(page.getByText('salainen asia')).toHaveCount(0);
});

test('a contact passed to a colleague goes on there, with its note, and is gone from the first', async ({ page, browser }) => {
  await startChat(page);
  const first = await staff(browser, 'adviser');
  const second = await staff(browser, 'adviser', { nth: 1 });
  await takeNext(first, page);
  await second.goto('/dvv/desk?lang=fi');
  await second.getByRole('button', { name: t('fi', 'desk.presence.present') }).click();
  await first.getByRole('button', { name: t('fi', 'desk.head.pass') }).click();
  const form = first.getByRole('form', { name: t('fi', 'desk.pass.title') });
  await form.getByLabel(t('fi', 'desk.pass.to')).selectOption('adviser');
  await expect(form.getByLabel(t('fi', 'desk.pass.whichAdviser'), { exact: true })).toContainText('paikalla');
  await form.getByLabel(t('fi', 'desk.pass.how'), { exact: true }).selectOption('atOnce');
  await form.getByLabel(t('fi', 'desk.pass.note')).fill('osaat tämän paremmin');
  await form.getByRole('button', { name: t('fi', 'desk.pass.do') }).click();
  await expect(first.getByRole('log')).toBeHidden();
  await second.getByRole('button', { name: /Yhteydenotto/ }).filter({ hasNotText: t('fi', 'desk.mine.closed') }).click();
  await expect(second.getByText('osaat tämän paremmin')).toBeVisible();
  await expect(page.getByText('osaat tämän paremmin')).toHaveCount(0);
  await closeContact(second);
  for (const desk of [first, second]) await desk.context().close();
});
