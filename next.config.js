/** @type {import('next').NextConfig} */
const nextConfig = {
  // Lets a second build (tests, a developer's own server) live beside the first.
  distDir: process.env.LAYERWRIGHT_DIST || '.next',
  outputFileTracingRoot: import.meta.dirname,
  output: process.env.NEXT_OUTPUT === 'standalone' ? 'standalone' : undefined,
  // ssh2's optional native addon, below dockerode, breaks the bundler.
  serverExternalPackages: ['dockerode', 'better-sqlite3'],
  turbopack: { root: import.meta.dirname },
  poweredByHeader: false,
  reactStrictMode: true,
  agentRules: false,
  experimental: { agentUpgrade: false, serverActions: { bodySizeLimit: '4mb' } },
};

export default nextConfig;
