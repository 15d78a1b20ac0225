import './look/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { isEmbedded, listen } from './embed/page';

// Before anything is drawn: the page around the frame asks whether the chat came at all.
if (isEmbedded()) listen();

const root = document.getElementById('app');
if (root) createRoot(root).render(<App />);
