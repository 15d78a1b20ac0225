import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { Problem } from '../api/problem';
import { show } from '../fake/show';
import { HelpQuestion } from './HelpQuestion';

const user = userEvent.setup();

describe('the question at the end', () => {
  it('sends the answer once and thanks for it', async () => {
    const onAnswer = vi.fn(() => Promise.resolve());
    show(<HelpQuestion asked onAnswer={onAnswer} />, 'citizen');
    await user.click(await screen.findByRole('button', { name: 'Osittain' }));
    expect(await screen.findByText('Kiitos vastauksestasi.')).toBe(document.activeElement);
    expect(onAnswer.mock.calls).toEqual([['partly']]);
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('is not there when nothing is asked', () => {
    show(<HelpQuestion asked={false} onAnswer={() => Promise.resolve()} />, 'citizen');
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('says why an answer was not taken, and keeps the buttons', async () => {
    const refusal = new Problem({ code: 'conflict', detail: 'Tähän on jo vastattu.' });
    show(<HelpQuestion asked onAnswer={() => Promise.reject(refusal)} />, 'citizen');
    await user.click(await screen.findByRole('button', { name: 'Kyllä' }));
    expect(await screen.findByText('Tähän on jo vastattu.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Ei' })).toBeTruthy();
  });
});
