/** @type {import('next').NextConfig} */
const nextConfig = {
  // Lets a second build (tests, a developer's own server) live beside the first.
  distDir: process.env.LAYERWRIGHT_DIST || '.next',
  outputFileTracingRoot: import.meta.dirname,
  // For the image: bin/image-files.js.
  output: process.env.NEXT_OUTPUT === 'standalone' ? 'standalone' : undefined,
  // ssh2's optional native addon, below dockerode, breaks the bundler.
  serverExternalPackages: ['dockerode', 'better-sqlite3'],
  turbopack: { root: import.meta.dirname },
  // Next's image optimizer is not used; without it, its native libraries are no part of the image.
  images: { unoptimized: true },
  outputFileTracingExcludes: { '*': ['node_modules/sharp/**', 'node_modules/@img/**'] },
  poweredByHeader: false,
  reactStrictMode: true,
  agentRules: false,
  experimental: { agentUpgrade: false, serverActions: { bodySizeLimit: '4mb' } },
};

export default nextConfig;
