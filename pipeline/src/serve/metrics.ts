import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Index } from 'content-schemas'

/** What a front counts. Nothing of who asked, or for what. */
export type Metrics = {
  /** Counts an answer once it is over. */
  count(response: ServerResponse): void
  /** A release that could not be read, or an answer that failed. */
  fail(): void
  /** All figures, as Prometheus reads them: text exposition format 0.0.4. */
  text(index: Index | undefined, reasons: readonly string[]): string
}

export const metricsType = 'text/plain; version=0.0.4; charset=utf-8'

export function createMetrics(): Metrics {
  const byStatus = new Map<number, number>()
  let failures = 0
  const counted = function (this: ServerResponse) {
    byStatus.set(this.statusCode, (byStatus.get(this.statusCode) ?? 0) + 1)
  }
  return {
    count(response) {
      response.on('close', counted)
    },
    fail() {
      failures += 1
    },
    text(index, reasons) {
      const { user, system } = process.cpuUsage()
      const seconds = (instant: string | undefined) => (instant === undefined ? 0 : Date.parse(instant) / 1000)
      const requests = [...byStatus].sort(([a], [b]) => a - b)
      return [
        family('signpost_requests_total', 'counter', 'Requests answered, by status.', [
          ...requests.map(([status, count]): [string, number] => [`{status="${status}"}`, count]),
        ]),
        single('signpost_failures_total', 'counter', 'Answers and releases that failed on our side.', failures),
        single('signpost_release', 'gauge', 'Number of the release that is served; 0 for none.', index?.release ?? 0),
        single('signpost_release_timestamp_seconds', 'gauge', 'When it was made.', seconds(index?.at)),
        single('signpost_index_expires_timestamp_seconds', 'gauge', 'When its index expires.', seconds(index?.expires)),
        single('signpost_degraded_reasons', 'gauge', 'Reasons given at /healthz; 0 is well.', reasons.length),
        single('process_cpu_seconds_total', 'counter', 'Processor time used.', (user + system) / 1e6),
        single('process_resident_memory_bytes', 'gauge', 'Memory in use.', process.memoryUsage.rss()),
        single(
          'process_start_time_seconds',
          'gauge',
          'When the process started.',
          Math.round(performance.timeOrigin) / 1000,
        ),
      ].join('')
    },
  }
}

const single = (name: string, type: 'counter' | 'gauge', help: string, value: number): string =>
  family(name, type, help, [['', value]])

const family = (name: string, type: 'counter' | 'gauge', help: string, values: [string, number][]): string =>
  `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${values.map(([labels, value]) => `${name}${labels} ${value}\n`).join('')}`

const forwarding = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip']

/** Whether a request was made on this machine itself, and not passed on by a proxy on it. */
export const isFromHere = ({ socket, headers }: IncomingMessage): boolean =>
  /^(::1$|(::ffff:)?127\.)/.test(socket.remoteAddress ?? '') && !forwarding.some((name) => name in headers)
