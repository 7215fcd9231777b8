import { beforeEach, expect, it } from 'vitest'
import { KeyMap } from './keys'

let did: string[]
let map: KeyMap
beforeEach(() => {
  did = []
  map = new KeyMap()
  document.body.innerHTML = '<input><button></button>'
})

const add = (...all: string[]) => map.add(all.map((keys) => ({ keys, about: keys, run: () => void did.push(keys) })))

function press(key: string, from = 'button', at = 0, mod = false) {
  const e = new KeyboardEvent('keydown', { key, ctrlKey: mod, bubbles: true, cancelable: true })
  Object.defineProperty(e, 'target', { value: document.querySelector(from) })
  map.press(e, at)
}

it('runs one key and two in a row', () => {
  add('c', 'g w')
  press('c')
  press('g', 'button', 10)
  press('w', 'button', 500)
  press('g', 'button', 1000)
  press('w', 'button', 9000) // too late
  expect(did).toEqual(['c', 'g w'])
})

it('leaves keys to who types, but not with Ctrl', () => {
  add('c', 'mod+k')
  press('c', 'input')
  press('k', 'input', 0, true)
  expect(did).toEqual(['mod+k'])
})

it('leaves undo to who types', () => {
  add('mod+z')
  press('z', 'input', 0, true)
  expect(did).toEqual([])
  press('z', 'button', 0, true)
  expect(did).toEqual(['mod+z'])
})

it('takes keys away with their page, and the last one wins', () => {
  add('e')
  const off = map.add([{ keys: 'e', about: '', run: () => void did.push('page') }])
  press('e')
  off()
  press('e')
  expect(did).toEqual(['page', 'e'])
})
