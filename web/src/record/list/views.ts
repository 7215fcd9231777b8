// The lists of an object that people have saved, and the two that every object has.
import { ApiError } from '../../api/client'
import { listView, objects, type ObjectInfo } from '../../api/metadata'
import { create, query, remove, update } from '../../api/records'
import { session } from '../../api/session.svelte'
import { quote } from '../../api/soql'
import type { Values } from '../../api/types'
import { t } from '../../i18n/t'
import { keep, kept } from '../../kit/kept'
import { columnsOf } from '../look'
import { filtersOf, orderOf, type ViewBase } from './soql'
import { written, type ListState } from './state'

/** Who else uses a saved list: nobody, everybody, or the group with this id. */
export type Audience = 'me' | 'all' | (string & {})

export interface View {
  id: string // what the address calls it
  label: string
  builtIn: boolean
  audience: Audience
  group: string // the name of the group
  columns: string[] | null
  base: ViewBase
  address: string
}

const plain: ViewBase = { condition: '', scope: '', order: '' }

/** The lists that the user may use: all records, their own, and what was saved. */
export async function viewsOf(info: ObjectInfo): Promise<View[]> {
  const builtIn = (id: string, label: string, scope: string): View => ({ id, label, builtIn: true, audience: 'all', group: '', columns: null, base: { ...plain, scope }, address: '' })
  const list = [builtIn(`All${info.name}`, t('views.all', { what: info.described.labelPlural }), '')]
  if (info.field('OwnerId')) list.push(builtIn(`My${info.name}`, t('views.mine', { what: info.described.labelPlural }), 'mine'))
  return [...list, ...(await saved(info.name))]
}

const parts = 'Id, Name, OwnerId, SharedToId, SharedTo.Name, Scope, Columns, Condition, OrderBy, Address'

async function saved(object: string): Promise<View[]> {
  if (!(await objects()).has('ListView')) return []
  try {
    const mine = quote(session.me?.id ?? '')
    return (await query(`SELECT ${parts} FROM ListView WHERE SobjectType = ${quote(object)} AND (OwnerId = null OR OwnerId = ${mine}) ORDER BY Name`)).records.map(viewOf)
  } catch (e) {
    if (e instanceof ApiError) return [] // a list without saved lists is better than none
    throw e
  }
}

function viewOf(r: Values): View {
  const text = (name: string) => String(r[name] ?? '')
  const address = text('Address')
  // A list that the console saved is shown by its own filters; their condition is for other programs.
  const base = { condition: address ? '' : text('Condition'), scope: text('Scope') === 'everything' ? '' : text('Scope'), order: address ? '' : text('OrderBy') }
  const columns = text('Columns').split(/[,\s]+/).filter(Boolean)
  return {
    id: text('Id'), label: text('Name'), builtIn: false, base, address, columns: columns.length > 0 ? columns : null,
    audience: text('OwnerId') ? 'me' : text('SharedToId') || 'all', group: String((r.SharedTo as Values | null)?.Name ?? ''),
  }
}

/** The columns of a list for which nobody chose any. */
export async function usualColumns(info: ObjectInfo): Promise<string[]> {
  const columns = columnsOf((await listView(info.name, `All${info.name}`)).columns.filter((c) => !c.hidden).map((c) => c.fieldNameOrPath))
  const name = info.nameField?.name
  return name && columns.includes(name) ? [name, ...columns.filter((c) => c !== name)] : columns
}

export const maySharesLists = () => Boolean(session.me?.permissions.some((p) => p === 'ManagePublicListViews' || p === 'CustomizeApplication'))

/** Whether the user may change a saved list, rather than only save another. */
export const keeps = (v: View) => !v.builtIn && (v.audience === 'me' || maySharesLists())

const sharing = (a: Audience): Values => ({ OwnerId: a === 'me' ? (session.me?.id ?? null) : null, SharedToId: a === 'me' || a === 'all' ? null : a })

function content(info: ObjectInfo, state: ListState, view: View | undefined, columns: string[]): Values {
  const base = view?.base.condition ? `(${view.base.condition})` : ''
  const filters = filtersOf(info, state)
  const whole = [base, filters && base ? `(${filters})` : filters].filter(Boolean).join(' AND ')
  // Where a program wrote the condition, it is kept as one, together with what was filtered.
  const address = base ? '' : written(state) || '-'
  return { Columns: columns.join(','), Condition: whole || null, OrderBy: orderOf(info, state) || view?.base.order || null, Scope: (state.scope ?? view?.base.scope) || 'everything', Address: address || null }
}

/** Saves what is shown as a new list. Returns its id. */
export const saveAs = (info: ObjectInfo, state: ListState, view: View | undefined, columns: string[], name: string, audience: Audience): Promise<string> =>
  create('ListView', { SobjectType: info.name, Name: name, ...content(info, state, view, columns), ...sharing(audience) })

/** Saves what is shown in the list that it came from. */
export const save = (info: ObjectInfo, state: ListState, view: View, columns: string[]) => update('ListView', view.id, content(info, state, view, columns), null)

export const rename = (view: View, name: string, audience: Audience) => update('ListView', view.id, { Name: name, ...sharing(audience) }, null)

export const removeView = (view: View) => remove('ListView', view.id)

export interface Group {
  id: string
  label: string
}

/** The groups and roles that a list can be shared with. */
export async function groups(): Promise<Group[]> {
  const page = await query("SELECT Id, Name, Type, Related.Name FROM Group WHERE Type IN ('Regular', 'Role', 'RoleAndSubordinates') ORDER BY Type, Name LIMIT 500")
  const label = (r: Values) => {
    const name = String((r.Related as Values | null)?.Name ?? r.Name)
    return r.Type === 'Role' ? t('views.role', { name }) : r.Type === 'RoleAndSubordinates' ? t('views.roleBelow', { name }) : name
  }
  return page.records.map((r) => ({ id: String(r.Id), label: label(r) }))
}

/** The list that an object opens with; empty when nobody chose one. */
export const pinned = (object: string): string => kept<Record<string, string>>('pinned', {})[object] ?? ''

export function pin(object: string, view: string): void {
  keep('pinned', { ...kept('pinned', {}), [object]: view })
}
