import type { Component } from 'svelte'
import type { Field, Values } from '../api/types'
import AddressShow from './address/Show.svelte'
import BooleanEdit from './boolean/Edit.svelte'
import BooleanShow from './boolean/Show.svelte'
import LongTextEdit from './longtext/Edit.svelte'
import LongTextShow from './longtext/Show.svelte'
import MomentEdit from './moment/Edit.svelte'
import MomentShow from './moment/Show.svelte'
import NumberEdit from './number/Edit.svelte'
import NumberShow from './number/Show.svelte'
import MultiEdit from './picklist/MultiEdit.svelte'
import PicklistEdit from './picklist/Edit.svelte'
import PicklistShow from './picklist/Show.svelte'
import ReferenceEdit from './reference/Edit.svelte'
import ReferenceShow from './reference/Show.svelte'
import TextEdit from './text/Edit.svelte'
import TextShow from './text/Show.svelte'

/** What a field's value is shown with. */
export interface ShowProps {
  field: Field
  value: unknown
  /** The whole record: money needs its currency. */
  values: Values
  /** The name of the record that a reference leads to. */
  name?: string | undefined
  /** In a list: one line, no more. */
  brief?: boolean
}

/** What a field's value is edited with. */
export interface EditProps {
  id: string
  field: Field
  value: unknown
  values: Values
  name?: string | undefined
  invalid: boolean
  describedby: string | undefined
  onchange: (value: unknown, name?: string) => void
}

export type Operator = 'eq' | 'ne' | 'in' | 'nin' | 'has' | 'hasnt' | 'contains' | 'lacks' | 'starts' | 'lt' | 'le' | 'gt' | 'ge' | 'empty' | 'filled'

/** How a kind of field behaves on every screen. */
export interface Kind {
  Show: Component<ShowProps>
  Edit: Component<EditProps> | null
  operators: Operator[]
  /** Numbers stand to the right. */
  right: boolean
  /** Takes the whole width of a form. */
  wide: boolean
  /** How a value stands in a query. */
  literal: 'text' | 'bare'
}

const any: Operator[] = ['empty', 'filled']
const ordered: Operator[] = ['eq', 'ne', 'lt', 'le', 'gt', 'ge', ...any]
const base: Kind = { Show: TextShow, Edit: TextEdit, operators: ['contains', 'lacks', 'eq', 'ne', 'starts', ...any], right: false, wide: false, literal: 'text' }
const number: Kind = { ...base, Show: NumberShow, Edit: NumberEdit, operators: ordered, right: true, literal: 'bare' }
const moment: Kind = { ...base, Show: MomentShow, Edit: MomentEdit, operators: ordered, literal: 'bare' }
const choice: Kind = { ...base, Show: PicklistShow, Edit: PicklistEdit, operators: ['in', 'nin', ...any] }

/** Every kind of field. A kind that is not here is shown and edited as text. */
const kinds: Record<string, Kind> = {
  textarea: { ...base, Show: LongTextShow, Edit: LongTextEdit, operators: [], wide: true },
  int: number,
  double: number,
  currency: number,
  percent: number,
  boolean: { ...base, Show: BooleanShow, Edit: BooleanEdit, operators: ['eq'], literal: 'bare' },
  date: moment,
  datetime: moment,
  time: moment,
  picklist: choice,
  multipicklist: { ...choice, Edit: MultiEdit, operators: ['has', 'hasnt', ...any] },
  reference: { ...base, Show: ReferenceShow, Edit: ReferenceEdit, operators: ['eq', 'ne', ...any] },
  id: { ...base, Edit: null, operators: ['eq'] },
  address: { ...base, Show: AddressShow, Edit: null, operators: [], wide: true },
  location: { ...base, Show: AddressShow, Edit: null, operators: [] },
  base64: { ...base, Edit: null, operators: [] },
}

export const kindOf = (field: Field): Kind => kinds[field.type] ?? base
