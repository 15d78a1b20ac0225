import './look/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { chosenLang } from './boot';
import { loadTexts } from './text/load';

const root = document.getElementById('app');
const first = window.luukkuFirst;

const draw = () => root && createRoot(root).render(<App />);

/** A chat was begun without this script. What it needs is fetched first, so that it is drawn at one go. */
async function due({ quiet }: NonNullable<typeof first>) {
  await Promise.all([import('./chat/ChatPage'), loadTexts('citizen', chosenLang())]);
  await quiet();
}

if (first) due(first).then(draw, first.missing);
else draw();
