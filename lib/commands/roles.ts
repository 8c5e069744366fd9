/** Each role may do what the ones before it may. */
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
    description: 'Does everything, and looks after registries, users and settings.',
  },
};
