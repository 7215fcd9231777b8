export type Tone = 'new' | 'planned' | 'moving' | 'waiting' | 'good' | 'bad' | 'calm'

const words: [RegExp, Tone][] = [
  [/not applicable|cancel|closed|inactive|retired|expired|declined/i, 'calm'],
  [/can(no|')t|cannot|fail|critical|emergency|reject|overdue|violat|broken/i, 'bad'],
  [/hold|pause|wait|pending|high|risk|escalat/i, 'waiting'],
  [/progress|travel|en ?route|started|on ?site|working/i, 'moving'],
  [/complete|done|approved|active|installed|pass|confirmed|low|resolved|received/i, 'good'],
  [/schedul|dispatch|planned|assigned|medium|tentative/i, 'planned'],
]

/** The colour that people expect of a status's word. What is unknown is new. */
export function toneOf(word: string): Tone {
  return words.find(([re]) => re.test(word))?.[1] ?? 'new'
}

const tones: Record<string, Tone> = { gray: 'calm', red: 'bad', amber: 'waiting', green: 'good', teal: 'new', blue: 'moving', purple: 'planned' }

/** The tone of a colour that an administrator chose. */
export const toneOfColor = (color: string): Tone => tones[color] ?? 'new'
