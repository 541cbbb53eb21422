import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/noto-sans-arabic/wght.css';
import '../shared/ui/global.css';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startI18n } from '../shared/i18n/i18n.ts';
import { Frame } from './Frame.tsx';
import { prepareMe } from './me/queries.ts';
import { router } from './router.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

// Nobody is signed in where one signs in: no question to be refused.
if (!/^\/(sign-in|invite|start|reset|wall|rate)(\/|$)/.test(window.location.pathname)) prepareMe();
// The inbox is where nearly everybody begins: its code comes beside the question who is here.
if (/^\/($|t\/)/.test(window.location.pathname)) void import('./list/InboxPlace.tsx');
if (window.location.pathname.startsWith('/t/')) void import('./thread/ThreadPlace.tsx');
await startI18n();

// What index.html drew stands until there is something in its place.
const drawn = document.getElementById('coming');
const stop = router.subscribe('onRendered', () => {
  drawn?.remove();
  stop();
});

createRoot(root).render(
  <StrictMode>
    <Frame>
      <RouterProvider router={router} />
    </Frame>
  </StrictMode>,
);

// A hundred small pieces of Hangul for machines without any; each is fetched only when its letters are on the screen.
window.setTimeout(() => void import('@fontsource-variable/noto-sans-kr/wght.css'), 1500);
