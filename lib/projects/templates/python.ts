import type { Template } from './template';

const dockerfile = `FROM python:3.13-slim
# Output at once, so that it can be followed; no compiled files in the layers.
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
# First only the list of packages: as long as it stays the same, the next step comes from the cache.
COPY requirements.txt ./
RUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt
COPY app.py ./
RUN useradd --system app
USER app
EXPOSE 8000
CMD ["python", "app.py"]
`;

const app = `from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = f"It works: {self.path}\\n".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


print("Listening on port 8000")
ThreadingHTTPServer(("", 8000), Handler).serve_forever()
`;

export const python: Template = {
  id: 'python',
  name: 'Python',
  description: 'A server in Python, with its packages from requirements.txt, run as an ordinary user.',
  files: async () => ({
    Dockerfile: dockerfile,
    '.dockerignore': '.git\n.venv\n**/__pycache__\n.env*\n',
    'requirements.txt': '# One package per line, with its version: flask==3.1.0\n',
    'app.py': app,
  }),
  options: { tags: ['python-app'] },
};
