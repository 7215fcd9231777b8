import { expect, it } from 'vitest'
import { twinsIn } from './names'

it('finds names that differ by case alone', () => {
  expect(twinsIn(['assets/Groups.js', 'assets/page.js', 'assets/groups.js', 'assets/Page.css'])).toEqual([['assets/Groups.js', 'assets/groups.js']])
  expect(twinsIn(['assets/a.js', 'assets/b.js', 'assets/a.css'])).toEqual([])
})
