import CalendarSync from '@lucide/svelte/icons/calendar-sync'
import Clock from '@lucide/svelte/icons/clock'
import GraduationCap from '@lucide/svelte/icons/graduation-cap'
import ListChecks from '@lucide/svelte/icons/list-checks'
import MapIcon from '@lucide/svelte/icons/map'
import Wrench from '@lucide/svelte/icons/wrench'
import History from '@lucide/svelte/icons/history'
import Building2 from '@lucide/svelte/icons/building-2'
import Columns3 from '@lucide/svelte/icons/columns-3'
import Mail from '@lucide/svelte/icons/mail'
import KeyRound from '@lucide/svelte/icons/key-round'
import LayoutTemplate from '@lucide/svelte/icons/layout-template'
import ListTree from '@lucide/svelte/icons/list-tree'
import Network from '@lucide/svelte/icons/network'
import Plug from '@lucide/svelte/icons/plug'
import FlaskConical from '@lucide/svelte/icons/flask-conical'
import ShieldCheck from '@lucide/svelte/icons/shield-check'
import Share2 from '@lucide/svelte/icons/share-2'
import Users from '@lucide/svelte/icons/users'
import UsersRound from '@lucide/svelte/icons/users-round'
import Waypoints from '@lucide/svelte/icons/waypoints'
import type { Component } from 'svelte'
import type { Me } from '../api/types'
import { t, type Key } from '../i18n/t'

/** The groups in which the sections of set-up stand, in their order. */
export const groups = ['company', 'people', 'model', 'work', 'look', 'connect', 'record'] as const
export type Group = (typeof groups)[number]

/** A section of set-up. It stands at /setup/<slug>, and one thing of it at /setup/<slug>/<id>, which the page gets as the prop id. */
export interface Section {
  slug: string
  group: Group
  title: Key
  /** One sentence: what can be done there. */
  about: Key
  /** Other words by which people look for it. */
  words?: Key
  icon: Component
  page: () => Promise<{ default: Component<any> }>
  /** The system permission that it takes; whoever has not got it does not see the section. */
  permission?: string
}

/** Every section of set-up. A new one is a line here and its component. */
export const sections: Section[] = [
  { slug: 'company', group: 'company', title: 'people.company', about: 'people.companyAbout', words: 'people.companyWords', icon: Building2, page: () => import('./people/company/Company.svelte'), permission: 'ViewSetup' },
  { slug: 'demo', group: 'company', title: 'demo.title', about: 'demo.setupAbout', words: 'demo.words', icon: FlaskConical, page: () => import('./signin/DemoSetup.svelte'), permission: 'ViewSetup' },
  { slug: 'users', group: 'people', title: 'people.users', about: 'people.usersAbout', words: 'people.usersWords', icon: Users, page: () => import('./people/users/Users.svelte'), permission: 'ViewSetup' },
  { slug: 'profiles', group: 'people', title: 'people.profiles', about: 'people.profilesAbout', words: 'people.profilesWords', icon: KeyRound, page: () => import('./people/sets/Sets.svelte'), permission: 'ViewSetup' },
  { slug: 'roles', group: 'people', title: 'people.roles', about: 'people.rolesAbout', words: 'people.rolesWords', icon: Network, page: () => import('./people/sharing/Roles.svelte'), permission: 'ViewSetup' },
  { slug: 'groups', group: 'people', title: 'people.groupsAndQueues', about: 'people.groupsAbout', words: 'people.groupsWords', icon: UsersRound, page: () => import('./people/sharing/Groups.svelte'), permission: 'ViewSetup' },
  { slug: 'sharing', group: 'people', title: 'people.sharing', about: 'people.sharingAbout', words: 'people.sharingWords', icon: Share2, page: () => import('./people/sharing/Sharing.svelte'), permission: 'ViewSetup' },
  { slug: 'sign-in', group: 'people', title: 'signInSetup.title', about: 'signInSetup.about', words: 'signInSetup.words', icon: ShieldCheck, page: () => import('./signin/SignInSetup.svelte'), permission: 'ViewSetup' },
  { slug: 'objects', group: 'model', title: 'model.objects', about: 'model.objectsAbout', words: 'model.objectsWords', icon: ListTree, page: () => import('./model/Objects.svelte'), permission: 'ViewSetup' },
  { slug: 'statuses', group: 'model', title: 'model.statuses', about: 'model.statusesAbout', words: 'model.statusesWords', icon: Waypoints, page: () => import('./model/StatusList.svelte'), permission: 'ViewSetup' },
  { slug: 'layouts', group: 'look', title: 'layout.title', about: 'layout.about', words: 'layout.words', icon: LayoutTemplate, page: () => import('./layout/Layouts.svelte'), permission: 'ViewSetup' },
  { slug: 'columns', group: 'look', title: 'listColumns.title', about: 'listColumns.about', words: 'listColumns.words', icon: Columns3, page: () => import('./layout/Columns.svelte'), permission: 'ViewSetup' },
  { slug: 'work-types', group: 'work', title: 'worktype.title', about: 'worktype.about', words: 'worktype.words', icon: Wrench, page: () => import('./work/WorkTypes.svelte') },
  { slug: 'checklists', group: 'work', title: 'checklist.title', about: 'checklist.about', words: 'checklist.words', icon: ListChecks, page: () => import('./work/Checklists.svelte') },
  { slug: 'maintenance', group: 'work', title: 'plan.title', about: 'plan.about', words: 'plan.words', icon: CalendarSync, page: () => import('./work/Plans.svelte') },
  { slug: 'skills', group: 'work', title: 'skill.title', about: 'skill.about', words: 'skill.words', icon: GraduationCap, page: () => import('./work/Skills.svelte') },
  { slug: 'territories', group: 'work', title: 'territory.title', about: 'territory.about', words: 'territory.words', icon: MapIcon, page: () => import('./work/Territories.svelte') },
  { slug: 'hours', group: 'work', title: 'hours.title', about: 'hours.about', words: 'hours.words', icon: Clock, page: () => import('./work/Hours.svelte') },
  { slug: 'templates', group: 'connect', title: 'people.templates', about: 'people.templatesAbout', words: 'people.templatesWords', icon: Mail, page: () => import('./people/templates/Templates.svelte'), permission: 'ViewSetup' },
  { slug: 'apps', group: 'connect', title: 'people.apps', about: 'people.appsAbout', words: 'people.appsWords', icon: Plug, page: () => import('./people/apps/Apps.svelte'), permission: 'ManageConnectedApps' },
  { slug: 'changes', group: 'record', title: 'model.changes', about: 'model.changesAbout', words: 'model.changesWords', icon: History, page: () => import('./model/ChangeLog.svelte'), permission: 'ViewSetup' },
]

export const setupHref = (slug: string, id?: string) => `/setup/${slug}${id ? `/${encodeURIComponent(id)}` : ''}`

/** The sections that a user may open. */
export function open(me: Me | null): Section[] {
  return sections.filter((s) => !s.permission || me?.permissions.includes(s.permission))
}

/** The sections whose title, sentence or other words hold every word of a text. */
export function matching(list: Section[], text: string): Section[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return list.filter((s) => {
    const said = `${t(s.title)} ${t(s.about)} ${s.words ? t(s.words) : ''}`.toLowerCase()
    return words.every((w) => said.includes(w))
  })
}

/** Sections by their groups; groups without any are left out. */
export const grouped = (list: Section[]) =>
  groups.map((group) => ({ group, list: list.filter((s) => s.group === group) })).filter((g) => g.list.length > 0)
