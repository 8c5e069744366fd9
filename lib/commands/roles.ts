/** Each role includes the permissions of the roles before it. */
export const roles = ['viewer', 'builder', 'admin'] as const;
export type Role = (typeof roles)[number];

export const roleLabels: Record<Role, { name: string; description: string }> = {
  viewer: { name: 'Viewer', description: 'Sees projects, builds, logs and images. Changes nothing.' },
  builder: {
    name: 'Builder',
    description: 'Uploads, builds, tags, pushes and removes. Building runs code on the host.',
  },
  admin: {
    name: 'Administrator',
    description: 'Can do everything, including registries, users and settings.',
  },
};
