import '../look/base.css';
import './first.css';
import { First } from './first';

const root = document.getElementById('first');
if (root) new First(root);
