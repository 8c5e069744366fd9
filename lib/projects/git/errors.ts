import { AppError } from '@/lib/errors';
import { type ErrorRule, matchRule } from '@/lib/errors/rules';

const rules: ErrorRule[] = [
  {
    pattern:
      /could not read Username|Authentication failed|HTTP Basic: Access denied|error: 401|returned error: 403/i,
    code: 'conflict',
    message: 'The Git server refused the login.',
    hint: 'Check user name and token. Hosting services need a token with read access instead of the password.',
  },
  {
    pattern: /Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED|No .* host key is known/i,
    code: 'conflict',
    message: 'The server’s host key does not match the entered keys.',
    hint: 'Nothing was sent. Compare the host keys with those published by the operator, then enter the right ones.',
  },
  {
    pattern: /Permission denied \(|no matching .*key|Load key .*: (invalid format|error in libcrypto)/i,
    code: 'conflict',
    message: 'The Git server rejected this key.',
    hint: 'Check that the public key is stored there and has read access.',
  },
  {
    pattern:
      /repository .* not found|returned error: 404|does not appear to be a git repository|Repository not found/i,
    code: 'conflict',
    message: 'Repository not found, or this login has no access.',
    hint: 'Check the URL. Hosting services report private repositories as not found.',
  },
  {
    pattern: /SSL certificate problem|server certificate verification failed|certificate/i,
    code: 'conflict',
    message: 'The server’s certificate is not trusted.',
    hint: 'Install its certificate authority on the machine that runs Layerwright.',
  },
  {
    pattern: /unable to update url base from redirection|redirect|returned error: 30\d/i,
    code: 'conflict',
    message: 'The server redirects to another URL. Redirects are not followed.',
    hint: 'Enter the URL that it redirects to.',
  },
  {
    pattern: /proxy|CONNECT tunnel|CONNECT phase/i,
    code: 'conflict',
    message: 'The proxy for repositories refused the connection.',
    hint: 'Check the proxy in the settings under Git, that it runs, and that it allows this server.',
  },
  {
    pattern:
      /Could not resolve|Connection refused|Failed to connect|Connection timed out|Operation too slow|Connection reset|No route to host|Network is unreachable|Couldn't connect/i,
    code: 'conflict',
    message: 'The Git server does not answer.',
    hint: 'Check the URL, and that this machine can reach it.',
  },
  {
    pattern: /ssh: not found|cannot run ssh|unable to fork|unable to find remote helper/i,
    code: 'conflict',
    message: 'A program that git needs for this URL is not installed on the server.',
    hint: 'Install it with: sudo apt-get install git openssh-client',
  },
];

/** Words for what git said. What it says itself is kept as the cause: it names paths of this server. */
export function gitError(stderr: string, what: string): AppError {
  const known = matchRule(rules, stderr);
  if (known) return known;
  const said = stderr
    .split('\n')
    .findLast((line) => /^(fatal|error): /.test(line))
    ?.replace(/^(fatal|error): /, '');
  return new AppError('conflict', said ? `${what} failed: ${said}` : `${what} failed.`, {
    cause: new Error(stderr),
  });
}
