import Building2 from '@lucide/svelte/icons/building-2'
import ClipboardPlus from '@lucide/svelte/icons/clipboard-plus'
import FileUp from '@lucide/svelte/icons/file-up'
import UserPlus from '@lucide/svelte/icons/user-plus'
import Users from '@lucide/svelte/icons/users'
import Wrench from '@lucide/svelte/icons/wrench'
import type { Component } from 'svelte'
import type { Brief } from '../api/types'
import type { Key } from '../i18n/t'
import { newHref } from '../route/url'

/** A first step in a company that has no work yet. */
export interface Start {
  href: string
  icon: Component
  title: Key
  about: Key
  /** What it takes: a system permission, or the right to make records of an object. */
  permission?: string
  makes?: string
}

const all: Start[] = [
  { href: '/setup/company', icon: Building2, title: 'start.company', about: 'start.companyAbout', permission: 'CustomizeApplication' },
  { href: '/setup/users', icon: Users, title: 'start.users', about: 'start.usersAbout', permission: 'ManageUsers' },
  { href: '/data', icon: FileUp, title: 'start.import', about: 'start.importAbout', permission: 'RunReports', makes: 'Account' },
  { href: '/setup/work-types', icon: Wrench, title: 'start.workTypes', about: 'start.workTypesAbout', permission: 'ViewSetup', makes: 'WorkType' },
  { href: newHref('Account'), icon: UserPlus, title: 'start.customer', about: 'start.customerAbout', makes: 'Account' },
  { href: newHref('WorkOrder'), icon: ClipboardPlus, title: 'start.order', about: 'start.orderAbout', makes: 'WorkOrder' },
]

/** The first steps of who has these rights, in their order. */
export const starts = (objects: Map<string, Brief>, may: (permission: string) => boolean): Start[] =>
  all.filter((s) => (!s.permission || may(s.permission)) && (!s.makes || objects.get(s.makes)?.createable))
