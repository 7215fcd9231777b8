import { may } from '../../api/session.svelte'
import type { Brief } from '../../api/types'

/** Whether to offer sharing a record: its object has shares, and its owner or an administrator may give them. */
export const shareable = (objects: Set<string>, described: Pick<Brief, 'updateable' | 'layoutable'>, values: Record<string, unknown>) =>
  objects.has('RecordShare') && described.updateable && described.layoutable && 'OwnerId' in values

/** Whether to offer asking who sees a record. Who could share it may ask, too; the server decides. */
export const askable = () => may('ViewSetup') || may('ManageUsers')
