import { expect, test } from 'vitest';
import { instructionsOf } from './instructions';
import { commitChanges, noChanges } from './schema';

test('each change is one line, with its value quoted as a Dockerfile reads it', () => {
  expect(instructionsOf(noChanges)).toEqual([]);
  const changes = commitChanges.parse({
    command: '["httpd","-D","FOREGROUND"]',
    entrypoint: 'exec run',
    environment: [{ name: 'A', value: 'say "$x"' }],
    labels: [{ name: 'team', value: 'web' }],
    ports: ['80', '443'],
    volumes: ['/var/www'],
    user: 'www',
    workingDirectory: '/srv',
    triggers: ['RUN make'],
  });
  expect(instructionsOf(changes)).toEqual([
    'ENV A="say \\"\\$x\\""',
    'LABEL team=web',
    'EXPOSE 80 443',
    'VOLUME ["/var/www"]',
    'WORKDIR /srv',
    'USER www',
    'ONBUILD RUN make',
    'ENTRYPOINT exec run',
    'CMD ["httpd","-D","FOREGROUND"]',
  ]);
});
