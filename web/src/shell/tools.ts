import Activity from '@lucide/svelte/icons/activity'
import ArrowUpDown from '@lucide/svelte/icons/arrow-up-down'
import Settings2 from '@lucide/svelte/icons/settings-2'
import SquareTerminal from '@lucide/svelte/icons/square-terminal'
import type { Component } from 'svelte'
import { may } from '../api/session.svelte'
import type { Key } from '../i18n/t'

/** A part of the console that is about no single object, and its place in the navigation. */
export interface Tool {
  href: string
  label: Key
  icon: Component
  /** The system permission that it takes; whoever has not got it is not shown the way there. */
  permission: string
}

const all: Tool[] = [
  { href: '/data', label: 'data.title', icon: ArrowUpDown, permission: 'RunReports' },
  { href: '/workbench', label: 'workbench.title', icon: SquareTerminal, permission: 'ViewSetup' },
  { href: '/setup', label: 'setup.title', icon: Settings2, permission: 'ViewSetup' },
  { href: '/system', label: 'system.title', icon: Activity, permission: 'ViewSetup' },
]

/** The tools that the user may use. */
export const tools = (): Tool[] => all.filter((x) => may(x.permission))

/** Whether the user may open a page: those of tools, and what is below them, take their permission. */
export const opens = (path: string): boolean => all.every((x) => (path !== x.href && !path.startsWith(x.href + '/')) || may(x.permission))
