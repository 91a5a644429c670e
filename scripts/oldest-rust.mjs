// Fails when a dependency needs a later Rust than `rust-version` of Cargo.toml, which cargo itself would only say to whoever
// has the older one. That our own code needs no later one is a lint of clippy (`incompatible_msrv`).

import { execFileSync } from 'node:child_process'

const metadata = execFileSync('cargo', ['metadata', '--locked', '--format-version', '1'], { encoding: 'utf8', maxBuffer: 1 << 28 })
const packages = JSON.parse(metadata).packages.filter((each) => each.rust_version)

/** As a number, so that 1.100 comes after 1.94. */
const minor = ({ rust_version: version }) => Number(version.split('.')[1])
const ours = packages.filter(({ source }) => source === null)
const oldest = Math.min(...ours.map(minor))
const late = packages.filter((each) => minor(each) > oldest)
for (const { name, version, rust_version: wanted } of late) console.error(`${name} ${version} needs Rust ${wanted}`)
process.exitCode = late.length > 0 ? 1 : 0
