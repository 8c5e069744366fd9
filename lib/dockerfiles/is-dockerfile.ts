/** Whether a file is a Dockerfile by its name: `Dockerfile`, `Dockerfile.web`, `web.Dockerfile`, `Containerfile`. */
export function isDockerfile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name.endsWith('.dockerignore')) return false;
  return /^(docker|container)file($|\.)/i.test(name) || /\.(docker|container)file$/i.test(name);
}
