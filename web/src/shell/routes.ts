import type { Component } from 'svelte'
import { match } from '../route/url'

/** A page of the console and the address that it stands at. */
export interface Route {
  pattern: string
  page: () => Promise<{ default: Component<any> }>
  /** Another value makes the page anew. */
  key?: (params: Record<string, string>) => string
}

const record = (p: Record<string, string>) => `${p.object}/${p.id}`

/** Every page. Those of other parts (set-up, data, workbench, board) are added here. */
export const routes: Route[] = [
  { pattern: '/', page: () => import('./Home.svelte') },
  { pattern: '/search', page: () => import('./SearchPage.svelte') },
  { pattern: '/objects', page: () => import('./Objects.svelte') },
  { pattern: '/o/:object', page: () => import('../record/list/ListPage.svelte'), key: (p) => p.object! },
  { pattern: '/o/:object/new', page: () => import('../record/form/FormPage.svelte'), key: (p) => p.object! },
  { pattern: '/r/:object/:id', page: () => import('../record/page/RecordPage.svelte'), key: record },
  { pattern: '/r/:object/:id/edit', page: () => import('../record/form/FormPage.svelte'), key: record },
  { pattern: '/workbench', page: () => import('../workbench/Workbench.svelte') },
  { pattern: '/data', page: () => import('../data/Data.svelte') },
  { pattern: '/setup/*', page: () => import('../setup/Setup.svelte') },
  { pattern: '/account', page: () => import('../account/Account.svelte') },
  { pattern: '/system', page: () => import('../system/System.svelte') },
]

export interface Found {
  route: Route
  params: Record<string, string>
}

/** The page at a path. */
export function find(path: string): Found | null {
  for (const route of routes) {
    const m = match(route.pattern, path)
    if (m) return { route, params: m.params }
  }
  return null
}
