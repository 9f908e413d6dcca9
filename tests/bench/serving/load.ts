import { connect } from 'node:net'

/*
 * A load generator in a process of its own: `load.ts PORT PATH MILLISECONDS`. Connections kept alive, each asking again as
 * soon as it has its answer, with so little work that the server is what is measured. Prints answers a second.
 */

const [port = '', path = '/', milliseconds = '1000'] = process.argv.slice(2)
const connections = 16
const question = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip, deflate, br\r\nAccept: */*\r\n\r\n`

/** The first answer on a connection: its bytes, all of which later answers have too. */
function sizeOf(answer: string): number | undefined {
  const head = answer.indexOf('\r\n\r\n')
  const length = /^content-length: (\d+)\r$/im.exec(answer)?.[1]
  if (head < 0 || length === undefined) return undefined
  if (!answer.startsWith('HTTP/1.1 200 ')) throw new Error(answer.slice(0, head))
  return head + 4 + Number(length)
}

let answers = 0
for (let number = 0; number < connections; number++) {
  const socket = connect(Number(port), '127.0.0.1', () => socket.write(question))
  let first = ''
  let size: number | undefined
  let received = 0
  socket.setNoDelay(true)
  socket.on('data', (chunk) => {
    received += chunk.length
    if (size === undefined) {
      first += chunk.toString('latin1')
      size = sizeOf(first)
    }
    if (size === undefined || received < size) return
    received -= size
    answers += 1
    socket.write(question)
  })
}
setTimeout(() => {
  const [before, began] = [answers, performance.now()]
  setTimeout(() => {
    console.log(((answers - before) / (performance.now() - began)) * 1000)
    process.exit(0)
  }, Number(milliseconds))
}, 400)
