import { svelte } from '@sveltejs/vite-plugin-svelte'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'
import { distinctNames } from './scripts/names.ts'

// The server that `npm run dev` talks to.
const server = process.env.TRUCKROLL_URL ?? 'http://127.0.0.1:8080'

// File names carry no hash: the built files are committed, and the server puts its own build id into their address.
export default defineConfig({
  base: './',
  plugins: [svelte(), tailwindcss(), distinctNames()],
  build: {
    outDir: '../server/page/dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/[name].js',
        chunkFileNames: 'assets/[name].js',
        assetFileNames: 'assets/[name][extname]',
      },
    },
  },
  server: { proxy: { '/services': server, '/auth': server } },
})
