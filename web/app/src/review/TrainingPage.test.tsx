import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Example } from '../api/shapes';
import { me } from '../fake/desk';
import { reviewed } from '../fake/review';
import { type Seen, sentTo, serve } from '../fake/server';
import { at, show } from '../fake/show';
import TrainingPage from './TrainingPage';

const user = userEvent.setup();
const END = 'DELETE /api/review/training/tr_1';
let seen: Seen[];

function open(mine: boolean, none = false) {
  let examples: Example[] = none ? [] : [{ id: 'tr_1', service: { id: 'a', name: 'Kansalaisneuvonta' }, last_day: '2028-11-22', mine }];
  seen = serve({
    'GET /api/staff/me': () => me({ roles: [{ role: mine ? 'quality_reviewer' : 'adviser' }] }),
    'GET /api/review/training': () => ({ examples }),
    'GET /api/review/training/tr_1': () => reviewed(),
    [END]: () => void (examples = []),
  });
  show(<TrainingPage />, 'staff');
}

beforeEach(() => at('/review/training'));

describe('training', () => {
  it('opens an example for an adviser, who cannot take it back', async () => {
    open(false);
    await user.click(await screen.findByRole('button', { name: 'Avaa esimerkki 1' }));
    expect(await screen.findByText('piilotettu: nimi')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Takaisin esimerkkeihin' }));
    expect(await screen.findByRole('table', { name: 'Esimerkit' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: /Ota pois/ })).toBeNull();
  });

  it('lets a reviewer take an example back', async () => {
    open(true);
    await user.click(await screen.findByRole('button', { name: 'Ota pois koulutuksesta esimerkki 1' }));
    expect(await screen.findByText('Esimerkki on otettu pois koulutuksesta.')).toBeTruthy();
    expect(await screen.findByText('Koulutuksessa ei ole nyt yhtään esimerkkiä.')).toBeTruthy();
    expect(sentTo(seen, END)).toHaveLength(1);
  });

  it('says that there is nothing yet', async () => {
    open(false, true);
    expect(await screen.findByText('Koulutuksessa ei ole nyt yhtään esimerkkiä.')).toBeTruthy();
  });
});
