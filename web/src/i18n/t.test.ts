import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import en from './en'
import { t } from './t'

it('fills in parameters and picks by number', () => {
  expect(t('bulk.title', { n: 1 })).toBe('Change 1 record')
  expect(t('bulk.title', { n: 3 })).toBe('Change 3 records')
  expect(t('new.of', { what: 'Case' })).toBe('New Case')
})

it('has no text that nothing shows', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((f) => /\.(ts|svelte)$/.test(f))
  const source = files.map((f) => readFileSync(join('src', f), 'utf8')).join('\n')
  const made = [...source.matchAll(/`([\w.]+\.)\$\{/g)].map((m) => m[1]!)
  expect(Object.keys(en).filter((k) => !source.includes(`'${k}'`) && !made.some((p) => k.startsWith(p)))).toEqual([])
})
