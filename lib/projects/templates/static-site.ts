import type { Template } from './template';

const dockerfile = `# A small web server with your pages in it.
FROM busybox

COPY site/ /www/

EXPOSE 8080
ENTRYPOINT ["httpd", "-f", "-v", "-p", "8080", "-h", "/www"]
`;

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>It works</title>
    <link rel="stylesheet" href="style.css" />
  </head>
  <body>
    <h1>It works</h1>
    <p>This page is in the image’s second layer. Change <code>site/index.html</code> and build again.</p>
  </body>
</html>
`;

const style = `body {
  max-width: 40rem;
  margin: 4rem auto;
  padding: 0 1rem;
  font: 1.1rem/1.6 system-ui, sans-serif;
}
`;

export const staticSite: Template = {
  id: 'static-site',
  name: 'Static site',
  description: 'Pages in a directory, served by busybox’s web server on port 8080.',
  files: async () => ({
    Dockerfile: dockerfile,
    '.dockerignore': '.git\n**/.DS_Store\n',
    'site/index.html': page,
    'site/style.css': style,
  }),
  options: { tags: ['static-site'] },
};
