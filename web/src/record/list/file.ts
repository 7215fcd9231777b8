import { root } from '../../api/client'
import { call } from '../../api/session.svelte'
import { save } from '../../csv/csv'
import { t } from '../../i18n/t'
import { tell } from '../../kit/toast.svelte'

/** Gives the user the whole answer to a query as a file, whose columns are headed by the fields' labels. */
export async function fileOf(soql: string, name: string, as: 'csv' | 'xlsx'): Promise<void> {
  tell(t('list.exporting', { name }))
  const { data } = await call<Blob>('GET', `${root}/query/file?as=${as}&q=${encodeURIComponent(soql)}`, { blob: true })
  save(`${name}.${as}`, data)
}
