import type { Component } from 'svelte'
import type { ObjectInfo } from '../api/metadata'
import type { Values } from '../api/types'

/** What a panel of a record page is given. */
export interface PanelProps {
  info: ObjectInfo
  id: string
  values: Values
  names: Record<string, string>
  /** Counts up whenever the record or what belongs to it was changed. */
  turn: number
  /** Tells the page that the panel changed something. */
  onchange: () => void
  /** Gives fields of the record new values at once, and takes them back when the server refuses. */
  set: (change: Values) => Promise<void>
}

export interface Panel {
  id: string
  /** The key of its title, or the title. */
  title: () => string
  /** In the column of the overview, beside it, or in the head of the page in place of the status path. */
  at: 'main' | 'side' | 'head'
  component: () => Promise<{ default: Component<PanelProps> }>
  /** Whether there is something to show: objects and actions may be out of reach. */
  fits: (objects: Set<string>, actions: Set<string>) => boolean
}

/** A deed that a record page offers beside Edit. */
export interface Deed {
  label: () => string
  fits: (objects: Set<string>, actions: Set<string>, values: Values) => boolean
  /** Does it and returns the address to go to, if any. */
  run: (values: Values) => Promise<string | void>
  main?: boolean
}

/**
 * Look says how the generic screens show an object, where its description leaves a choice. The screens themselves know
 * no object by name; an object without a look is shown all the same.
 */
export interface Look {
  /** The field that says what a record is about, when its name is a number. */
  about?: string
  /** A field that tells records of the same name apart where a search finds them. */
  apart?: string
  /** The picklist that is shown as a path. */
  path?: string
  /** Child relationships that panels show: they are not listed again. */
  shownElsewhere?: string[]
  panels?: Panel[]
  deeds?: Deed[]
}

const looks = new Map<string, Look>()

/** Says how an object looks. Called while the program starts. */
export function dress(object: string, look: Look): void {
  looks.set(object, look)
}

const plain: Look = {}

export const lookOf = (object: string): Look => looks.get(object) ?? plain

/** Fields that say nothing to people unless something was set up. */
const dull = new Set(['RecordTypeId', 'CurrencyIsoCode', 'Id', 'IsDeleted', 'SystemModstamp'])

/** The columns that are offered, without those that say nothing. */
export const columnsOf = (offered: string[]): string[] => offered.filter((c) => !dull.has(c))

/** The picklist that a record page shows as a path: the object's status. */
export function pathOf(info: ObjectInfo): string | undefined {
  const name = lookOf(info.name).path ?? 'Status'
  return info.field(name)?.type === 'picklist' ? name : undefined
}
