import '@fontsource/noto-sans/400.css';
import '@fontsource/noto-sans/600.css';
import '@fontsource-variable/source-serif-4/index.css';
import 'maplibre-gl/dist/maplibre-gl.css';
import './ui/page.css';
import { mount } from 'svelte';
import { loadDataSet } from './io/load';
import { AppState } from './ui/app-state.svelte';
import Root from './ui/Root.svelte';

const baseUrl = new URL('.', document.baseURI).href;
const app = new AppState(baseUrl);
mount(Root, { target: document.body, props: { app } });
app.show(await loadDataSet(baseUrl));
if (!app.isEmbedded) void app.record.openKept();
