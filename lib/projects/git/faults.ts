import { AppError } from '@/lib/errors';
import { type ErrorRule, matchRule } from '@/lib/errors/rules';

const rules: ErrorRule[] = [
  {
    pattern:
      /could not read Username|Authentication failed|HTTP Basic: Access denied|error: 401|returned error: 403/i,
    code: 'conflict',
    message: 'The server of the repository refused the login.',
    hint: 'Check user name and token. Hosting services want a token in the password’s place, one that may read the repository.',
  },
  {
    pattern: /Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED|No .* host key is known/i,
    code: 'conflict',
    message: 'The server’s host key is not one of those that were given.',
    hint: 'Nothing was sent. Compare the host keys with what its operator publishes, then enter the right ones.',
  },
  {
    pattern: /Permission denied \(|no matching .*key|Load key .*: (invalid format|error in libcrypto)/i,
    code: 'conflict',
    message: 'The server of the repository does not accept this key.',
    hint: 'Is its public half stored there, and may it read this repository?',
  },
  {
    pattern:
      /repository .* not found|returned error: 404|does not appear to be a git repository|Repository not found/i,
    code: 'conflict',
    message: 'There is no such repository, or it may not be seen with this login.',
    hint: 'Check the address. Hosting services answer the same for what is private.',
  },
  {
    pattern: /SSL certificate problem|server certificate verification failed|certificate/i,
    code: 'conflict',
    message: 'The server’s certificate is not trusted here.',
    hint: 'Its authority has to be known to the machine that Layerwright runs on.',
  },
  {
    pattern: /unable to update url base from redirection|redirect|returned error: 30\d/i,
    code: 'conflict',
    message: 'The server sends on to another address, and that is not followed.',
    hint: 'Enter the address that it sends to.',
  },
  {
    pattern: /proxy|CONNECT tunnel|CONNECT phase/i,
    code: 'conflict',
    message: 'The proxy that is set for repositories did not let it through.',
    hint: 'Is it the right one, does it run, and may it ask this server? It stands in the settings, under Git.',
  },
  {
    pattern:
      /Could not resolve|Connection refused|Failed to connect|Connection timed out|Operation too slow|Connection reset|No route to host|Network is unreachable|Couldn't connect/i,
    code: 'conflict',
    message: 'The server of the repository does not answer.',
    hint: 'Check the address and whether this machine may reach it.',
  },
  {
    pattern: /ssh: not found|cannot run ssh|unable to fork|unable to find remote helper/i,
    code: 'conflict',
    message: 'A program that git needs for this address is not installed on the server.',
    hint: 'Install it with: sudo apt-get install git openssh-client',
  },
];

/** Words for what git said. What it says itself is kept as the cause: it names paths of this server. */
export function gitFault(stderr: string, what: string): AppError {
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
