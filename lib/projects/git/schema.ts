import { z } from 'zod';
import { projectDescription, projectId, projectName } from '@/lib/projects/schema';
import { projectPath } from '@/lib/projects/rules';
import type { ProjectId } from '@/lib/ids';

const gitProtocols = ['https', 'ssh', 'http'] as const;
type GitProtocol = (typeof gitProtocols)[number];

export interface GitAddress {
  protocol: GitProtocol;
  /** For ssh; `git` at every hosting service. */
  user: string | null;
  host: string;
  port: number | null;
  /** With its leading `/`. */
  path: string;
}

type Parsed = { ok: true; address: GitAddress } | { ok: false; reason: string };

const no = (reason: string): Parsed => ({ ok: false, reason });
const hostName =
  /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$|^\[[0-9a-f:.]+\]$/i;
/** Nothing that another program could take for an option, a second line or an escape. */
const plainPath = /^\/[\w~@%+,.=\-/]+$/;
const scpForm = /^(?:([\w.-]+)@)?([\w.-]+):(?!\/\/)(.+)$/;

/** What a repository's address says; every transport but https and ssh (and http, for one's own network) is refused. */
export function parseGitUrl(text: string): Parsed {
  const trimmed = text.trim();
  const scp = trimmed.includes('://') ? null : scpForm.exec(trimmed);
  const written = scp
    ? `ssh://${scp[1] ? `${scp[1]}@` : ''}${scp[2]}/${scp[3]!.replace(/^\/+/, '')}`
    : trimmed;
  const protocol = /^([a-z][a-z0-9+.-]*):\/\//i.exec(written)?.[1]?.toLowerCase();
  if (!protocol) return no('Enter a full URL: https://host/path.git or git@host:path.git.');
  if (!gitProtocols.includes(protocol as GitProtocol))
    return no(`“${protocol}” is not allowed: use https or ssh.`);
  let url: URL;
  try {
    // Schemes that browsers do not know keep their host as it is written: read it as if it were https.
    url = new URL(written.replace(/^[a-z]+:/i, 'https:'));
  } catch {
    return no('Not a valid URL.');
  }
  if (url.password || (url.username && protocol !== 'ssh'))
    return no('Enter the login in its own fields: URLs are shown and logged.');
  if (url.search || url.hash) return no('Remove the part after “?” or “#”.');
  if (!hostName.test(url.hostname)) return no('This host name is not valid.');
  if (url.username && !/^\w[\w.-]*$/.test(url.username)) return no('This user name is not valid.');
  const path = url.pathname.replace(/\/+$/, '');
  if (!plainPath.test(path)) return no('Add the path of the repository after the host.');
  if (path.split('/').includes('..')) return no('The path cannot contain “..”.');
  // The port of the other protocol would have been dropped as the default one of https.
  const port = /^[a-z]+:\/\/(?:[^/@]*@)?(?:\[[^\]]*\]|[^/:]*):(\d+)/i.exec(written)?.[1];
  return {
    ok: true,
    address: {
      protocol: protocol as GitProtocol,
      user: protocol === 'ssh' ? url.username || 'git' : null,
      host: url.hostname.toLowerCase(),
      port: port ? Number(port) : null,
      path,
    },
  };
}

export const formatGitUrl = ({ protocol, user, host, port, path }: GitAddress): string =>
  `${protocol}://${user ? `${user}@` : ''}${host}${port ? `:${port}` : ''}${path}`;

export const gitUrl = z
  .string()
  .trim()
  .max(1024, 'A URL has at most 1024 characters.')
  .transform((text, context) => {
    const parsed = parseGitUrl(text);
    if (parsed.ok) return formatGitUrl(parsed.address);
    context.addIssue({ code: 'custom', message: parsed.reason });
    return z.NEVER;
  });

/** As git's own rule (check-ref-format), and nothing that could be an option. */
export const gitRef = z
  .string()
  .trim()
  .max(200, 'A branch name has at most 200 characters.')
  .refine(
    (name) =>
      name === '' || (/^[\w@+][\w@+./-]*$/.test(name) && !/\.\.|\/\/|@\{|\.lock(\/|$)|[./]$|\/\./.test(name)),
    'Not a valid branch or tag name.',
  );

const gitFolder = z.union([z.literal(''), projectPath]);

const noControl = (text: string) => !/\p{Cc}/u.test(text);

/** How to sign in. What is sealed is exactly this. */
export const gitLogin = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({
    kind: z.literal('password'),
    username: z
      .string()
      .trim()
      .min(1, 'Enter the user name.')
      .max(200)
      .refine(noControl, 'No control characters.'),
    password: z
      .string()
      .min(1, 'Enter the password or token.')
      .max(4096)
      .refine(noControl, 'A password cannot contain line breaks.'),
  }),
  z.object({
    kind: z.literal('key'),
    key: z.string().max(32_768, 'The key is too long.'),
    hostKeys: z.string().max(65_536, 'Too many keys.'),
  }),
]);
export type GitLogin = z.infer<typeof gitLogin>;

const gitSource = z.object({ url: gitUrl, ref: gitRef.default(''), folder: gitFolder.default('') });

export const newGitProject = gitSource.extend({
  name: projectName,
  description: projectDescription.default(''),
  login: gitLogin,
});

/** `login` left out: the one that is stored goes on to be used. */
export const changedGitSource = gitSource.extend({ projectId, login: gitLogin.optional() });

/** Of the operation; the login is kept sealed with the source, never here. */
export const fetchInput = z.object({
  sourceId: z.string(),
  into: z.discriminatedUnion('to', [
    z.object({ to: z.literal('new'), name: projectName, description: projectDescription }),
    z.object({ to: z.literal('project'), projectId }),
  ]),
});
export type FetchInput = z.infer<typeof fetchInput>;

export const fetchResult = z.object({
  projectId: z.string(),
  commit: z.string(),
  files: z.number(),
  bytes: z.number(),
  warnings: z.number(),
});
export type FetchResult = z.infer<typeof fetchResult>;

/** What the browser is told of where a project comes from. */
export interface GitSource {
  id: string;
  projectId: ProjectId | null;
  url: string;
  /** Branch or tag; empty: the default branch. */
  ref: string;
  folder: string;
  login: GitLogin['kind'];
  commit: string | null;
  /** ms since 1970 */
  fetchedAt: number | null;
}

/** A key by which an ssh server is known. */
export const hostKey = z.object({
  /** As of known_hosts. */
  line: z.string(),
  type: z.string(),
  fingerprint: z.string(),
});
export type HostKey = z.infer<typeof hostKey>;

/** For a project that is there already. */
export const connectedGitSource = gitSource.extend({ projectId, login: gitLogin });

const listedHost = z.string().max(253).regex(hostName, 'Enter host names only, such as “git.example.org”.');

/** `http://name:port`; https itself goes through it as a tunnel. */
const proxyUrl = z
  .string()
  .trim()
  .max(300)
  .refine((text) => {
    if (text === '') return true;
    if (!URL.canParse(text)) return false;
    const { protocol, username, password, pathname, search, hash } = new URL(text);
    return /^https?:$/.test(protocol) && pathname === '/' && !(username || password || search || hash);
  }, 'Enter it as http://proxy.example.org:3128, without a login.');

export const gitSettings = z
  .object({
    /** Repositories in one's own network, and on this machine, may be fetched. */
    privateAddresses: z.boolean().default(false),
    /** Only these servers are allowed; if empty, all servers at allowed addresses. */
    hosts: z
      .array(listedHost.transform((host) => host.toLowerCase()))
      .max(200)
      .default([]),
    /** For https; empty: none. */
    proxy: proxyUrl.default(''),
  })
  .superRefine(({ proxy, hosts }, context) => {
    if (!proxy || hosts.length) return;
    const message = 'List the allowed servers, too: behind a proxy, the resolved addresses are unknown.';
    context.addIssue({ code: 'custom', path: ['hosts'], message });
  });
export type GitSettings = z.infer<typeof gitSettings>;

/** Limits of one fetch. */
export const gitLimits = {
  /** Of what git receives, compressed. Bytes. */
  received: 4_000_000_000,
  /** ms */
  time: 15 * 60_000,
} as const;
