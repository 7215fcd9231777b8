import { getContext, setContext } from 'svelte'

const key = Symbol('form object')

/** Tells the editors below which object they edit a record of. */
export const editing = (object: string) => setContext(key, object)

export const formObject = () => getContext<string | undefined>(key)
