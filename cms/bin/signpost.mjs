#!/usr/bin/env -S node --conditions=production
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { bundle } from './bundle.mjs'

// Payload's editor may only be imported by its production entry points: the others end the process on Node 20.
const conditions = '--conditions=production'

if (process.execArgv.includes(conditions)) await import(pathToFileURL(join(await bundle(), 'signpost.js')).href)
else {
  const child = spawn(process.execPath, [conditions, fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
}
