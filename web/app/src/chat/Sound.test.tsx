import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { message } from '../fake/chat';
import { at, show } from '../fake/show';
import { chime } from '../live/chime';
import { emptyThread } from '../live/thread';
import { TextProvider } from '../text/TextProvider';
import { Sound } from './Sound';

vi.mock('../live/chime', () => ({ chime: vi.fn() }));
const user = userEvent.setup();
const thread = (...from: ('adviser' | 'citizen')[]) => ({ ...emptyThread, messages: from.map((each, i) => message(i + 1, { from: each })) });

beforeEach(() => {
  at('/chat/citizens-advice');
  vi.mocked(chime).mockClear();
});

it('sounds for each reply once it has been chosen, and for nothing of one’s own', async () => {
  const { rerender } = show(<Sound thread={thread()} />, 'citizen');
  const next = (...from: ('adviser' | 'citizen')[]) =>
    rerender(
      <TextProvider audience="citizen" initial="fi">
        <Sound thread={thread(...from)} />
      </TextProvider>,
    );
  const button = await screen.findByRole('button', { name: 'Merkkiääni' });
  expect(button.getAttribute('aria-pressed')).toBe('false');
  next('adviser');
  expect(chime).not.toHaveBeenCalled();
  await user.click(button);
  expect(chime).toHaveBeenCalledTimes(1);
  next('adviser', 'citizen');
  expect(chime).toHaveBeenCalledTimes(1);
  next('adviser', 'citizen', 'adviser');
  expect(chime).toHaveBeenCalledTimes(2);
  expect(localStorage.length + sessionStorage.length).toBe(0);
});
