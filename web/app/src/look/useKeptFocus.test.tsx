import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { FocusedHeading } from './Focused';
import { useKeptFocus } from './useKeptFocus';

/** A page of which a step takes the place of its button, and from which rows can be removed. */
function Page() {
  useKeptFocus();
  const [open, setOpen] = useState(false);
  const [rows, setRows] = useState([1, 2]);
  return (
    <main>
      <h1>Sivu</h1>
      {open ? (
        <form>
          <FocusedHeading level={2}>Vaihe</FocusedHeading>
          <button type="button" onClick={() => setOpen(false)}>
            Peruuta
          </button>
        </form>
      ) : (
        <button type="button" onClick={() => setOpen(true)}>
          Avaa vaihe
        </button>
      )}
      <section>
        <h2>Rivit</h2>
        {rows.map((row) => (
          <button key={row} type="button" onClick={() => setRows(rows.filter((each) => each !== row))}>
            {`Poista ${row}`}
          </button>
        ))}
      </section>
    </main>
  );
}

const focused = (role: string, name: string) => vi.waitFor(() => expect(document.activeElement).toBe(screen.getByRole(role, { name })));

describe('the focus', () => {
  it('goes back to the button that opened a step, drawn anew as it is', async () => {
    render(<Page />);
    await userEvent.click(screen.getByRole('button', { name: 'Avaa vaihe' }));
    await focused('heading', 'Vaihe');
    await userEvent.click(screen.getByRole('button', { name: 'Peruuta' }));
    await focused('button', 'Avaa vaihe');
  });

  it('goes to the heading around a row that was removed', async () => {
    render(<Page />);
    await userEvent.click(screen.getByRole('button', { name: 'Poista 1' }));
    await focused('heading', 'Rivit');
  });

  it('is left alone where somebody has left it', async () => {
    render(<Page />);
    await userEvent.click(screen.getByRole('button', { name: 'Avaa vaihe' }));
    await focused('heading', 'Vaihe');
    await act(async () => {
      (document.activeElement as HTMLElement).blur();
      await new Promise((done) => setTimeout(done, 10));
    });
    screen.getByRole('button', { name: 'Peruuta' }).click();
    await new Promise((done) => setTimeout(done, 150));
    expect(document.activeElement).toBe(document.body);
  });
});
