import { locales } from 'content-schemas'
import { paths } from '../channels/addresses.ts'
import { headersOf } from './answers.ts'
import { problemType } from './problem.ts'

/*
 * What a web server has to be told to answer as ours does, beyond finding files: types, rules for caches and browsers,
 * what moved and what ended. Written for nginx and Caddy from the very functions our own server uses.
 */

/** A path that moved to an address, or ended and shows a file, or is there with a type. */
export type Rule = { path: string } & ({ moved: string } | { ended: string; type: string } | { type: string })

/** Types by the ending of a file; the rest is told path by path. */
const endings: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  json: 'application/json; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  css: 'text/css; charset=utf-8',
  pdf: 'application/pdf',
}
const octets = 'application/octet-stream'

/** Kinds of answers that differ in their headers, each with a pattern of `<type> <path asked for>`. */
const kinds: { name: string; pattern: string; sample: string; type: string }[] = [
  { name: 'mail', pattern: '^text/html[^/]* /v1/', sample: '/v1/x.html', type: 'text/html' },
  { name: 'pages', pattern: '^text/html', sample: '/x', type: 'text/html' },
  { name: 'programs', pattern: ` /(v1|\\.well-known)/`, sample: '/v1/x', type: octets },
  { name: 'files', pattern: '', sample: '/x', type: octets },
]
/** Kinds of answers that caches keep for different times. */
const ages: { pattern: string; sample: string }[] = [
  { pattern: '^/v1/(objects|editions)/', sample: paths.object('') },
  { pattern: `^${paths.index.replaceAll('.', '\\.')}(\\?|$)`, sample: paths.index },
  { pattern: '', sample: '/x' },
]
const varying = [
  'Content-Security-Policy',
  'Access-Control-Allow-Origin',
  'Access-Control-Expose-Headers',
  'Cross-Origin-Resource-Policy',
]
const steady = ['X-Content-Type-Options', 'Referrer-Policy']

function headerOf(name: string, path: string, type: string, status = 200): string {
  const headers = headersOf(path, type, status)
  const at = headers.indexOf(name)
  return at < 0 ? '' : headers[at + 1]!
}

const variableOf = (name: string): string => `signpost_${name.toLowerCase().replaceAll('-', '_')}`
const allowed = 'GET, HEAD, OPTIONS'

/** Quoted for both servers; a path or address of a release holds nothing that needs more. */
function quoted(text: string): string {
  if (/["\\${}\s]/.test(text)) throw new Error(`\`${text}\` cannot stand in the configuration of a web server.`)
  return `"${text}"`
}
const typeIn = (type: string): string => `"${type}"`
/** Files whose type their ending does not tell. */
const exceptions = (rules: readonly Rule[]): { path: string; type: string }[] =>
  rules
    .flatMap((rule) => ('moved' in rule ? [] : [{ path: 'ended' in rule ? rule.ended : rule.path, type: rule.type }]))
    .filter(({ path, type }) => type !== typeByEnding(path, type))
/** The type Caddy takes a path for, which it knows as it was asked for. */
const typeByAddress = (path: string): string =>
  endings[/\.(\w+)$/.exec(path)?.[1] ?? ''] ?? (path.startsWith(paths.object('')) ? octets : endings.html!)
const typeByEnding = (path: string, type: string): string =>
  type.startsWith('text/html') ? endings.html! : (endings[/\.(\w+)$/.exec(path)?.[1] ?? ''] ?? octets)

/** For the `http` block of nginx. */
export function nginxMaps(rules: readonly Rule[]): string {
  const map = (of: string, variable: string, lines: string[]) =>
    `map ${of} $${variable} {\n${lines.map((line) => `  ${line};\n`).join('')}}\n`
  return [
    'map_hash_max_size 131072;\nmap_hash_bucket_size 512;\n',
    map('$uri', 'signpost_moved', [
      'default ""',
      ...rules.flatMap((rule) => ('moved' in rule ? [`${quoted(rule.path)} ${quoted(rule.moved)}`] : [])),
    ]),
    map('$uri', 'signpost_ended', [
      'default ""',
      ...rules.flatMap((rule) => ('ended' in rule ? [`${quoted(rule.path)} ${quoted(rule.ended)}`] : [])),
    ]),
    map('$uri', 'signpost_type', [
      `default ${octets}`,
      `/_signpost/not-found.json ${problemType}`,
      ...exceptions(rules).map(({ path, type }) => `${quoted(path)} ${typeIn(type)}`),
      ...Object.entries(endings).map(([ending, type]) => `"~\\.${ending}$" ${typeIn(type)}`),
    ]),
    map('$http_accept_language', 'signpost_language', [
      `default ${locales[0]}`,
      ...locales.map((locale) => `"~*^${locale}\\b" ${locale}`),
    ]),
    map('$request_uri', 'signpost_not_found', [
      'default /_signpost/not-found/$signpost_language.html',
      ...locales.map((locale) => `"~^/${locale}(/|$)" /_signpost/not-found/${locale}.html`),
      '"~^/(v1|\\.well-known)/" /_signpost/not-found.json',
    ]),
    map('$request_uri', 'signpost_cache_control', [
      `default "${headerOf('Cache-Control', '/x', octets)}"`,
      ...ages
        .filter(({ pattern }) => pattern)
        .map(({ pattern, sample }) => `"~${pattern}" "${headerOf('Cache-Control', sample, octets)}"`),
    ]),
    ...varying.map((name) =>
      map('"$signpost_type $request_uri"', variableOf(name), [
        `default "${headerOf(name, '/x', octets)}"`,
        ...kinds
          .filter(({ pattern }) => pattern)
          .map(({ pattern, sample, type }) => `"~${pattern}" "${headerOf(name, sample, type)}"`),
      ]),
    ),
  ].join('\n')
}

/** For the `server` block of nginx. */
export function nginxRules(): string {
  const typed = (always: '' | ' always') => `    add_header Content-Type $signpost_type${always};\n`
  const headers = (always: '' | ' always', cache: string) =>
    [
      `add_header Cache-Control ${cache}${always};`,
      ...steady.map((name) => `add_header ${name} ${headerOf(name, '/x', octets)}${always};`),
      ...varying.map((name) => `add_header ${name} $${variableOf(name)}${always};`),
    ]
      .map((line) => `    ${line}\n`)
      .join('')
  return `# Types come from the release, not from endings: nginx adds none of its own.
types { }
default_type "";
gzip_static on;
gzip_vary on;
absolute_redirect off;
error_page 404 $signpost_not_found;
error_page 410 $signpost_ended;

location / {
  if ($signpost_moved) {
${headers('', `"${headerOf('Cache-Control', '/x', octets, 301)}"`)}    return 301 $signpost_moved;
  }
  if ($signpost_ended) { return 410; }
  if ($request_method = OPTIONS) {
    add_header Allow "${allowed}";
    add_header Access-Control-Allow-Origin "*";
    add_header Access-Control-Allow-Methods "${allowed}";
    add_header Access-Control-Allow-Headers "If-None-Match, If-Modified-Since, Range";
    add_header Access-Control-Max-Age 86400;
    return 204;
  }
  if ($uri ~ "^(/.*[^/])/+$") {
${headers(' always', '$signpost_cache_control')}    return 308 $1;
  }
  try_files $uri $uri.html =404;
${typed('')}${headers('', '$signpost_cache_control')}}
location ^~ /_signpost/ {
  internal;
${typed(' always')}${headers(' always', `"${headerOf('Cache-Control', '/x', octets, 410)}"`)}}
location ^~ /_signpost/not-found {
  internal;
${typed(' always')}${headers(' always', `"${headerOf('Cache-Control', '/x', octets, 404)}"`)}}
`
}

/** For a site block of Caddy, after its `root`. */
export function caddyRules(rules: readonly Rule[]): string {
  const map = (variable: string, lines: string[]) =>
    `map {path} {${variable}} {\n${lines.map((line) => `\t${line}\n`).join('')}}\n`
  const header = (name: string) => {
    const lines = kinds.map(({ name: kind, sample, type }) => {
      const value = headerOf(name, sample, type)
      return value === '' ? '' : `header @signpost_${kind} ${name} "${value}"\n`
    })
    return lines.join('')
  }
  return [
    map('signpost_moved', [
      ...rules.flatMap((rule) => ('moved' in rule ? [`${quoted(rule.path)} ${quoted(rule.moved)}`] : [])),
      'default ""',
    ]),
    map('signpost_ended', [
      ...rules.flatMap((rule) => ('ended' in rule ? [`${quoted(rule.path)} ${quoted(rule.ended)}`] : [])),
      'default ""',
    ]),
    map('signpost_type', [
      ...rules.flatMap((rule) =>
        'moved' in rule || rule.type === typeByAddress(rule.path) ? [] : [`${quoted(rule.path)} ${typeIn(rule.type)}`],
      ),
      ...Object.entries(endings).map(([ending, type]) => `~\\.${ending}$ ${typeIn(type)}`),
      `~^/v1/objects/ ${octets}`,
      `default ${typeIn(endings.html!)}`,
    ]),
    `@signpost_mail expression {signpost_type}.startsWith("text/html") && path("/v1/*")
@signpost_pages expression {signpost_type}.startsWith("text/html") && !path("/v1/*")
@signpost_programs expression !{signpost_type}.startsWith("text/html") && path("/v1/*", "/.well-known/*")
@signpost_files expression !{signpost_type}.startsWith("text/html") && !path("/v1/*", "/.well-known/*")
@signpost_packed file {path}.gz {path}.html.gz
@signpost_frozen path /v1/objects/* /v1/editions/*
@signpost_index path ${paths.index}
@signpost_fresh not path /v1/objects/* /v1/editions/* ${paths.index}
header Content-Type {signpost_type}
header @signpost_packed {
	Vary Accept-Encoding
	defer
}
header @signpost_fresh Cache-Control "${headerOf('Cache-Control', '/x', octets)}"
header @signpost_frozen Cache-Control "${headerOf('Cache-Control', paths.object(''), octets)}"
header @signpost_index Cache-Control "${headerOf('Cache-Control', paths.index, octets)}"
`,
    ...steady.map((name) => `header ${name} ${headerOf(name, '/x', octets)}\n`),
    ...varying.map(header),
    `@signpost_options method OPTIONS
header @signpost_options {
	Allow "${allowed}"
	Access-Control-Allow-Origin *
	Access-Control-Allow-Methods "${allowed}"
	Access-Control-Allow-Headers "If-None-Match, If-Modified-Since, Range"
	Access-Control-Max-Age 86400
}
respond @signpost_options 204
@signpost_other not method ${allowed.replaceAll(',', '')}
header @signpost_other Allow "${allowed}"
respond @signpost_other 405
@signpost_own path /_signpost/*
error @signpost_own 404
@signpost_moved expression {signpost_moved} != ""
redir @signpost_moved {signpost_moved} 301
@signpost_ended expression {signpost_ended} != ""
error @signpost_ended 410
@signpost_slash path_regexp signpost_slash ^(/.*[^/])/+$
redir @signpost_slash {re.signpost_slash.1} 308
try_files {path} {path}.html
file_server {
	precompressed br gzip
}
handle_errors {
	@signpost_gone expression {err.status_code} == 410
	@signpost_gone_frozen expression {err.status_code} == 410 && path('/v1/editions/*')
	header @signpost_gone_frozen Cache-Control "${headerOf('Cache-Control', '/x', octets, 410)}"
	rewrite @signpost_gone {signpost_ended}
	@signpost_gone_packed {
		expression {err.status_code} == 410
		file /_signpost/ended{path}.gz /_signpost/ended{path}.html.gz
	}
	header @signpost_gone_packed {
		Vary Accept-Encoding
		defer
	}
	@signpost_missing expression {err.status_code} == 404
	header @signpost_missing Cache-Control "${headerOf('Cache-Control', '/x', octets, 404)}"
	@signpost_missing_file {
		expression {err.status_code} == 404
		path /v1/* /.well-known/*
	}
	header @signpost_missing_file {
		Content-Type ${problemType}
		Content-Security-Policy "${headerOf('Content-Security-Policy', '/v1/x', octets)}"
	}
	rewrite @signpost_missing_file /_signpost/not-found.json
	@signpost_missing_page {
		expression {err.status_code} == 404
		not path /v1/* /.well-known/*
	}
	header @signpost_missing_page {
		Vary Accept-Encoding
		defer
	}
${[
  ...locales.map((locale) => ({ locale, name: locale, rule: `path /${locale} /${locale}/*` })),
  ...locales
    .slice(1)
    .map((locale) => ({ locale, name: `${locale}_reader`, rule: `header_regexp Accept-Language (?i)^${locale}\\b` })),
  { locale: locales[0], name: 'any', rule: '' },
]
  .map(
    ({ locale, name, rule }) => `	@signpost_missing_${name} {
		expression {err.status_code} == 404
		not path /v1/* /.well-known/*
${rule && `\t\t${rule}\n`}	}
	rewrite @signpost_missing_${name} /_signpost/not-found/${locale}.html
`,
  )
  .join('')}	file_server {
		precompressed br gzip
	}
}
`,
  ].join('\n')
}
