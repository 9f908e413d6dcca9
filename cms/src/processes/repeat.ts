/** Work that is done again and again until it is stopped. */
export type Repeated = {
  /** Resolves once what was under way is done. */
  stop(): Promise<void>
}

/** Does work at once and then again, a number of milliseconds after it was done. What it throws is told, and ends nothing. */
export function repeat(work: () => Promise<unknown>, interval: number, onError: (error: unknown) => void): Repeated {
  let isStopping = false
  let timer: NodeJS.Timeout | undefined
  let working: Promise<void> = Promise.resolve()
  const next = () => {
    working = work()
      .catch(onError)
      .then(() => {
        if (!isStopping) timer = setTimeout(next, interval)
      })
  }
  next()
  return {
    stop: async () => {
      isStopping = true
      clearTimeout(timer)
      await working
    },
  }
}
