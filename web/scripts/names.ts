import type { Plugin } from 'vite'

/** Refuses to build files whose names differ by the case of letters alone: some disks, and Go's embed, take them for one. */
export const distinctNames = (): Plugin => ({
  name: 'distinct-names',
  generateBundle(_, bundle) {
    const twins = twinsIn(Object.keys(bundle))
    if (twins.length > 0) this.error(`Built files differ by case alone: ${twins.map((same) => same.join(' and ')).join('; ')}. Rename a source file.`)
  },
})

/** The groups of names that are the same but for the case of their letters. */
export function twinsIn(names: string[]): string[][] {
  const by = new Map<string, string[]>()
  for (const name of names) by.set(name.toLowerCase(), [...(by.get(name.toLowerCase()) ?? []), name])
  return [...by.values()].filter((same) => same.length > 1)
}
