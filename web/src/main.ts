import { mount } from 'svelte'
import './app.css'
import './print.css'
import { start } from './api/session.svelte'
import { show } from './kit/prefs.svelte'
import { listen } from './route/router.svelte'
import App from './shell/App.svelte'
import { dressWork } from './work/looks'

show()
dressWork()
listen()
mount(App, { target: document.getElementById('app')! })
void start()
