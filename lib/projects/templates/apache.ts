import 'server-only';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Template } from './template';

const directory = () => path.join(/* turbopackIgnore: true */ process.cwd(), 'examples/website');
/** The archive of the example: the same site with each web server. */
const site = () => readFile(path.join(/* turbopackIgnore: true */ directory(), 'mysite.tar'));

const ignore = '# Files excluded from the build context, one pattern per line\n.git\n**/.DS_Store\n';

const debian = `# Debian with the Apache web server, and a site in it.
FROM debian:12

# Lists, packages and the cleaning up in one step: what a layer once holds, it keeps.
RUN apt-get update \\
    && apt-get install -y --no-install-recommends apache2 \\
    && rm -rf /var/lib/apt/lists/* /var/www/html/index.html

# ADD unpacks a local archive on its way into the image: its files arrive in /tmp/mysite.
ADD ./mysite.tar /tmp/
RUN mv /tmp/mysite/* /var/www/html/ && rmdir /tmp/mysite

EXPOSE 80
CMD ["apachectl", "-D", "FOREGROUND"]
`;

const fedora = `# A web server image to stand others on. For RHEL name its universal base image instead:
# registry.access.redhat.com/ubi9/ubi:9.5
FROM fedora:41

# Without "dnf clean all" in the same step, some 100 MB of package lists would stay in this layer.
RUN dnf install -y httpd \\
    && dnf clean all

ADD ./mysite.tar /tmp/
RUN mv /tmp/mysite/* /var/www/html/ && rmdir /tmp/mysite

EXPOSE 80
CMD ["httpd", "-D", "FOREGROUND"]
`;

const filesWith = (dockerfile: string) => async () => ({
  Dockerfile: dockerfile,
  '.dockerignore': ignore,
  'mysite.tar': await site(),
});

export const debianApache: Template = {
  id: 'debian-apache',
  name: 'Debian with Apache',
  description: 'debian:12 with apache2, and a site that ADD unpacks from mysite.tar.',
  files: filesWith(debian),
  options: { tags: ['debian-apache'] },
};

export const fedoraHttpd: Template = {
  id: 'fedora-httpd',
  name: 'Fedora or RHEL with httpd',
  description: 'fedora:41 with httpd from dnf, and a site that ADD unpacks from mysite.tar.',
  files: filesWith(fedora),
  options: { tags: ['fedora-httpd'] },
};
