export default function setup(): Promise<() => void>
export function startCopy(): Promise<() => Promise<void>>
