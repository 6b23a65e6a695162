import { createRoot } from 'react-dom/client';
import '@vscode/codicons/dist/codicon.css';
import './style/tokens.css';
import './style/base.css';
import './style/frame.css';
import './style/cards.css';
import './style/chat.css';
import './style/lists.css';
import { connectHost } from './host.ts';
import { Store } from './state/store.ts';
import { StoreContext } from './state/use-app.ts';
import { App } from './views/app.tsx';

const store = new Store(connectHost());
addEventListener('pagehide', () => store.saveUi());

const container = document.createElement('div');
container.id = 'weft';
document.body.append(container);
createRoot(container).render(
  <StoreContext value={store}>
    <App />
  </StoreContext>,
);
store.start();
