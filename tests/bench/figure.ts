/** One figure of ours beside its yardstick, both measured in the same run. `ratio` is ours ÷ yardstick. */
export type Figure = { name: string; ours: number; yardstick: number; ratio: number; unit: string; goal?: string }
