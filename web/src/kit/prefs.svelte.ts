/** How the user wants the console to look. It is kept in this browser. */
export interface Prefs {
  theme: 'system' | 'light' | 'dark' | 'contrast'
  density: 'comfortable' | 'compact'
  navigation: 'wide' | 'narrow'
  motion: 'system' | 'less'
}

const key = 'truckroll.look'
const first: Prefs = { theme: 'system', density: 'comfortable', navigation: 'wide', motion: 'system' }

export const prefs = $state<Prefs>({ ...first, ...load() })

function load(): Partial<Prefs> {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Prefs>
  } catch {
    return {}
  }
}

/** Changes the look and keeps it. */
export function prefer(change: Partial<Prefs>): void {
  Object.assign(prefs, change)
  localStorage.setItem(key, JSON.stringify(prefs))
  show()
}

const dark = matchMedia('(prefers-color-scheme: dark)')

/** Tells the style sheet. */
export function show(): void {
  const root = document.documentElement
  root.dataset.theme = prefs.theme === 'system' ? (dark.matches ? 'dark' : 'light') : prefs.theme
  root.dataset.density = prefs.density
  root.dataset.motion = prefs.motion
}

dark.addEventListener?.('change', show)
