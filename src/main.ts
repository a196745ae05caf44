import './ui/trusted-types';
import '@fontsource/noto-sans/400.css';
import '@fontsource/noto-sans/600.css';
import '@fontsource-variable/source-serif-4/index.css';
import 'maplibre-gl/dist/maplibre-gl.css';
import './ui/page.css';
import { mount } from 'svelte';
import { AppState } from './ui/app-state.svelte';
import Guard from './ui/Guard.svelte';
import { openToOtherHosts } from './ui/outside/other-hosts';

openToOtherHosts();
const app = new AppState(new URL('.', document.baseURI).href);
if (!app.isEmbedded) app.record.prepare(app.source.url);
mount(Guard, { target: document.body, props: { app } });
document.querySelector('.starting')?.remove();
