import { expect, it } from 'vitest'
import { spanOf } from './window'

it('draws what is in sight, and few more', () => {
  for (let top = 0; top < 2000 * 35; top += 997) {
    const { from, to } = spanOf(2000, top, 700, 35)
    expect(from).toBeLessThanOrEqual(Math.floor(top / 35))
    expect(to).toBeGreaterThanOrEqual(Math.min(2000, Math.ceil((top + 700) / 35)))
    expect(to - from).toBeLessThan(60)
  }
})

it('stays within few rows and none', () => {
  expect(spanOf(3, 0, 700, 35)).toEqual({ from: 0, to: 3 })
  expect(spanOf(0, 0, 700, 35)).toEqual({ from: 0, to: 0 })
  expect(spanOf(5, 9999, 700, 35)).toEqual({ from: 4, to: 5 })
  expect(spanOf(5, 0, 700, 0)).toEqual({ from: 0, to: 5 })
})
