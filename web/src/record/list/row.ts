import type { ObjectInfo } from '../../api/metadata'
import type { Values } from '../../api/types'
import { t } from '../../i18n/t'
import type { Item } from '../../kit/Menu.svelte'
import { attempt, tell } from '../../kit/toast.svelte'
import { recordHref } from '../../route/url'
import { peeked } from '../peek.svelte'
import { deleteAll } from './change'

/** What can be done with one row of a list. */
export function rowItems(info: ObjectInfo, row: Values, change: (field: string) => void, after: () => void): (Item | null)[] {
  const id = String(row.Id)
  const href = recordHref(info.name, id)
  const may = info.described
  return [
    { label: t('open'), href, keys: 'o' },
    { label: t('row.beside'), run: () => Object.assign(peeked, { object: info.name, id }) },
    ...(may.updateable ? [{ label: t('edit'), href: `${href}/edit`, keys: 'e' }] : []),
    ...(may.createable ? [{ label: t('clone'), href: `/o/${info.name}/new?clone=${id}` }] : []),
    ...(info.field('OwnerId')?.updateable ? [{ label: t('bulk.owner'), run: () => change('OwnerId') }] : []),
    { label: t('copyLink'), run: () => attempt(async () => (await navigator.clipboard.writeText(location.origin + href), tell(t('copied')))) },
    ...(may.deletable ? [null, { label: t('delete'), bad: true, run: () => void attempt(() => deleteAll([id], after)) }] : []),
  ]
}
