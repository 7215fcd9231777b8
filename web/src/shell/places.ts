import Box from '@lucide/svelte/icons/box'
import Building2 from '@lucide/svelte/icons/building-2'
import CalendarClock from '@lucide/svelte/icons/calendar-clock'
import ClipboardList from '@lucide/svelte/icons/clipboard-list'
import Headset from '@lucide/svelte/icons/headset'
import Users from '@lucide/svelte/icons/users'
import HardHat from '@lucide/svelte/icons/hard-hat'
import type { Component } from 'svelte'

/** An object that has its place in the navigation, while the user may read it, and the key that follows g. */
export interface Place {
  object: string
  icon: Component
  key: string
}

export const places: Place[] = [
  { object: 'WorkOrder', icon: ClipboardList, key: 'w' },
  { object: 'ServiceAppointment', icon: CalendarClock, key: 'a' },
  { object: 'Case', icon: Headset, key: 'k' },
  { object: 'Account', icon: Building2, key: 'u' },
  { object: 'Contact', icon: Users, key: 'n' },
  { object: 'Asset', icon: Box, key: 's' },
  { object: 'ServiceResource', icon: HardHat, key: 'r' },
]
