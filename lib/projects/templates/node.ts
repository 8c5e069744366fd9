import type { Template } from './template';

const dockerfile = `FROM node:22-slim AS dependencies
WORKDIR /app
# First only what names the packages: as long as it stays the same, the next step comes from the cache.
COPY package*.json ./
RUN --mount=type=cache,target=/root/.npm npm install --omit=dev

FROM node:22-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=dependencies /app ./
COPY server.js ./
# Not as root: whoever breaks out of the program then owns nothing.
USER node
EXPOSE 3000
CMD ["node", "server.js"]
`;

const server = `import { createServer } from 'node:http';

const port = Number(process.env.PORT ?? 3000);

createServer((request, response) => {
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.end(\`It works: \${request.url}\\n\`);
}).listen(port, () => console.log(\`Listening on port \${port}\`));

// Process 1 of a container does not end on a signal by default.
process.on('SIGTERM', () => process.exit(0));
`;

const manifest = `{
  "name": "app",
  "version": "1.0.0",
  "private": true,
  "type": "module",
  "dependencies": {}
}
`;

export const node: Template = {
  id: 'node',
  name: 'Node',
  description: 'A server in JavaScript: packages in a stage of their own, run as an ordinary user.',
  files: async () => ({
    Dockerfile: dockerfile,
    '.dockerignore': '.git\nnode_modules\nnpm-debug.log*\n.env*\n',
    'package.json': manifest,
    'server.js': server,
  }),
  options: { tags: ['node-app'] },
};
