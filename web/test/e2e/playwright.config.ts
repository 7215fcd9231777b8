import { defineConfig } from '@playwright/test'

// CHROMIUM names the browser; Debian's package puts it there.
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  globalSetup: './server.mjs',
  workers: 1,
  fullyParallel: false,
  timeout: 60_000,
  retries: 1, // for a machine that stalls; the report still names what did not pass at once
  expect: { timeout: 15_000 },
  reporter: 'list',
  outputDir: '../../node_modules/.cache/e2e',
  use: {
    viewport: { width: 1440, height: 900 },
    trace: 'off',
    launchOptions: { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] },
  },
})
