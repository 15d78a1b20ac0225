import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ReviewOptions, Sample } from '../api/shapes';
import { me } from '../fake/desk';
import { reviewed, reviewOptions, sample } from '../fake/review';
import { refuse, type Seen, sentTo, serve } from '../fake/server';
import { at, show } from '../fake/show';
import ReviewPage from './ReviewPage';

const user = userEvent.setup();
const ITEM = '/api/review/samples/sa_1/items/1';
let seen: Seen[];

function open(more: Parameters<typeof serve>[0] = {}, options: ReviewOptions = reviewOptions(), samples: Sample[] = [sample()]) {
  seen = serve({
    'GET /api/staff/me': () => me({ roles: [{ role: 'quality_reviewer' }] }),
    'GET /api/review/options': () => options,
    'GET /api/review/samples': () => ({ samples }),
    [`GET ${ITEM}`]: () => reviewed(),
    ...more,
  });
  show(<ReviewPage />, 'staff');
}

const openFirst = async () => user.click(await screen.findByRole('button', { name: 'Avaa yhteydenotto 1' }));

beforeEach(() => at('/review'));

describe('drawing a sample', () => {
  it('says service, purpose, time and size, and nothing of which contacts', async () => {
    open({ 'POST /api/review/samples': () => sample() }, reviewOptions(), []);
    expect(await screen.findByText(/Sinulla ei ole otoksia/)).toBeTruthy();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Tarkoitus' }), 'training');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Päättyneet viimeisten' }), '90');
    await user.click(screen.getByRole('button', { name: 'Poimi otos' }));
    expect(await screen.findByText('Otos on poimittu: 2 yhteydenottoa.')).toBeTruthy();
    expect(sentTo(seen, 'POST /api/review/samples')[0]?.body).toEqual({ service: 'citizens-advice', purpose: 'training', days: 90, size: 5 });
  });

  it('says when it is too soon', async () => {
    open({ 'POST /api/review/samples': () => refuse(409, 'conflict', 'Seuraavan voi poimia 30.11.2026.') });
    await user.click(await screen.findByRole('button', { name: 'Poimi otos' }));
    expect(await screen.findByText('Seuraavan voi poimia 30.11.2026.')).toBeTruthy();
  });

  it('is not offered where no notice allows it', async () => {
    open({}, reviewOptions({ services: [] }), []);
    expect(await screen.findByText(/ei ole laadunarvioijan käyttövaltuutta/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Poimi otos' })).toBeNull();
  });

  it('says what is gone, and opens it no more', async () => {
    open();
    const table = await screen.findByRole('table', { name: 'Kansalaisneuvonta: Palvelun laadun seuraaminen' });
    expect(within(table).getByText(/ei enää avattavissa/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Avaa yhteydenotto 2' })).toBeNull();
  });
});

describe('a drawn contact', () => {
  it('shows what was hidden as what it was, and says what a rule cannot find', async () => {
    open();
    await openFirst();
    const log = await screen.findByRole('region', { name: 'Pseudonymisoitu keskustelu' });
    expect(within(log).getByText('piilotettu: nimi')).toBeTruthy();
    expect(within(log).getByText('Palveluneuvoja A')).toBeTruthy();
    expect(screen.getByText(/Se ei tunnista nimeä, jota mikään ei edellä/)).toBeTruthy();
  });

  it('is marked when every question is answered, once', async () => {
    open({ [`POST ${ITEM}/marks`]: () => undefined });
    await openFirst();
    await user.click(await screen.findByRole('button', { name: 'Tallenna arvio' }));
    expect(screen.getAllByText('Vastaa jokaiseen kysymykseen.').length).toBeGreaterThan(0);
    expect(sentTo(seen, `POST ${ITEM}/marks`)).toHaveLength(0);
    for (const group of screen.getAllByRole('group').filter((each) => within(each).queryByRole('radio', { name: 'Kyllä' }))) {
      await user.click(within(group).getByRole('radio', { name: 'Kyllä' }));
    }
    await user.click(screen.getByRole('button', { name: 'Tallenna arvio' }));
    expect(await screen.findByText(/Arvio on laskettu mukaan/)).toBeTruthy();
    expect(sentTo(seen, `POST ${ITEM}/marks`)[0]?.body).toEqual({ correct: 'yes', clear: 'yes', complete: 'yes', polite: 'yes' });
    expect(screen.queryByRole('button', { name: 'Tallenna arvio' })).toBeNull();
  });

  it('says so when it has ended meanwhile', async () => {
    open({ [`GET ${ITEM}`]: () => refuse(410, 'gone', 'Yhteydenottoa ei voi enää avata.') });
    await openFirst();
    expect(await screen.findByText('Yhteydenottoa ei voi enää avata.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Takaisin otoksiin' }));
    expect(await screen.findByRole('table')).toBeTruthy();
  });
});

describe('putting a contact forward to training', () => {
  it('hides words by their numbers, and only after somebody has read it through', async () => {
    open({ [`POST ${ITEM}/training`]: () => ({ id: 'tr_1' }) });
    await openFirst();
    await user.click(await screen.findByRole('button', { name: 'Ehdota koulutukseen' }));
    await user.click(screen.getByRole('button', { name: 'rehtori' }));
    await user.click(screen.getByRole('button', { name: 'Porissa.' }));
    await user.click(screen.getByRole('button', { name: 'Hei!' }));
    await user.click(screen.getByRole('button', { name: 'Hei!', pressed: true }));
    expect(screen.getByText('Piilotettuja sanoja: 2')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Vie koulutukseen' }));
    expect(screen.getByText('Vahvista, että olet lukenut keskustelun läpi.')).toBeTruthy();
    await user.click(screen.getByRole('checkbox'));
    await user.click(screen.getByRole('button', { name: 'Vie koulutukseen' }));
    expect(await screen.findByText('Keskustelu on nyt koulutuksessa.')).toBeTruthy();
    expect(sentTo(seen, `POST ${ITEM}/training`)[0]?.body).toEqual({ hide: [{ line: 2, words: [2, 3] }] });
  });

  it('is not offered where the notice does not train', async () => {
    const [service] = reviewOptions().services;
    open({}, reviewOptions({ services: [{ ...service!, trains: false }] }));
    await openFirst();
    await screen.findByRole('button', { name: 'Tallenna arvio' });
    expect(screen.queryByRole('button', { name: 'Ehdota koulutukseen' })).toBeNull();
  });
});
