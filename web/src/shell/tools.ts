import Activity from '@lucide/svelte/icons/activity'
import ArrowUpDown from '@lucide/svelte/icons/arrow-up-down'
import Settings2 from '@lucide/svelte/icons/settings-2'
import SquareTerminal from '@lucide/svelte/icons/square-terminal'
import type { Component } from 'svelte'
import type { Key } from '../i18n/t'

/** A part of the console that is about no single object, and its place in the navigation. */
export interface Tool {
  href: string
  label: Key
  icon: Component
}

export const tools: Tool[] = [
  { href: '/data', label: 'data.title', icon: ArrowUpDown },
  { href: '/workbench', label: 'workbench.title', icon: SquareTerminal },
  { href: '/setup', label: 'setup.title', icon: Settings2 },
  { href: '/system', label: 'system.title', icon: Activity },
]
