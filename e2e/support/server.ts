// The real binary, with a database of its own in a temporary folder.

import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

const binary = resolve(process.env.HELLOPET_BIN || '../target/debug/hellopet')
const PATIENCE_MS = 60_000

/** Debian's library that tells a program another time. */
function faketime(): string {
  for (const folder of readdirSync('/usr/lib')) {
    const found = `/usr/lib/${folder}/faketime`
    if (folder.endsWith('-linux-gnu') && readdirSync(`/usr/lib/${folder}`).includes('faketime')) return join(found, 'libfaketimeMT.so.1')
  }
  throw new Error('the package faketime is not installed')
}

export class Server {
  private process?: ChildProcess
  private port = '0'

  private constructor(
    private readonly folder: string,
    private readonly turnable: boolean,
  ) {}

  /** With a clock that can be turned, the server believes what `setTime` says; how long things take stays true. */
  static async start({ turnable = false } = {}): Promise<Server> {
    const server = new Server(await mkdtemp(join(tmpdir(), 'hellopet-e2e-')), turnable)
    if (turnable) await server.setTime(new Date())
    await server.serve()
    return server
  }

  get url(): string {
    return `http://localhost:${this.port}`
  }

  private get environment(): NodeJS.ProcessEnv {
    return {
      PATH: process.env.PATH,
      PORT: this.port,
      DATABASE_URL: `sqlite://${join(this.folder, 'hellopet.db')}`,
      ATTACHMENTS_DIR: join(this.folder, 'attachments'),
      JWT_SECRET: 'for-these-stories-only-Qw7Zx2Lp9Vn4Kd8Rt1',
      RATE_LIMITS: 'off',
      LOG_FORMAT: 'json',
      ...(this.turnable ? { LD_PRELOAD: faketime(), FAKETIME_TIMESTAMP_FILE: this.clockFile, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1', DONT_FAKE_MONOTONIC: '1' } : {}),
    }
  }

  private get clockFile(): string {
    return join(this.folder, 'clock')
  }

  /** From now on it is as late as this for the server, and time goes on from there. */
  async setTime(to: Date): Promise<void> {
    const ahead = Math.round((to.getTime() - Date.now()) / 1000)
    await writeFile(this.clockFile, `${ahead < 0 ? '' : '+'}${ahead}`)
  }

  /** Serves on the port it had before, or on any. */
  async serve(): Promise<void> {
    const child = spawn(binary, ['serve', '--demo'], {
      cwd: this.folder,
      env: this.environment,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    this.process = child
    const lines: string[] = []
    this.port = await new Promise((open, fail) => {
      const giveUp = setTimeout(() => fail(new Error(`the server did not open:\n${lines.join('\n')}`)), PATIENCE_MS)
      child.once('exit', (code) => fail(new Error(`the server ended with ${code}:\n${lines.join('\n')}`)))
      createInterface({ input: child.stderr! }).on('line', (line) => {
        lines.push(line)
        const port = /"port":(\d+)/.exec(line)?.[1]
        if (port && line.includes('is open')) {
          clearTimeout(giveUp)
          open(port)
        }
      })
    })
    child.removeAllListeners('exit')
  }

  /** Ends the process at once, as a power cut would. */
  async kill(): Promise<void> {
    const child = this.process
    if (!child || child.exitCode !== null) return
    const gone = new Promise((done) => child.once('exit', done))
    child.kill('SIGKILL')
    await gone
  }

  async stop(): Promise<void> {
    await this.kill()
    await rm(this.folder, { recursive: true, force: true })
  }

  /** Creates a verified doctor from the command line, as an operator would. */
  async hire(name: string, email: string, password: string): Promise<void> {
    const words = ['user', 'create', '--role', 'dokter', '--username', name, '--email', email, '--password', password]
    await promisify(execFile)(binary, [...words, '--price', '45000'], { cwd: this.folder, env: this.environment })
  }
}
