import {
  Boxes,
  Container,
  FolderClosed,
  Hammer,
  House,
  type LucideIcon,
  Server,
  Settings2,
  SquareTerminal,
  Warehouse,
} from 'lucide-react';

export interface Destination {
  label: string;
  href: string;
  icon: LucideIcon;
  /** Other paths that mark this entry as current. */
  also?: string[];
}

export const mainDestinations: Destination[] = [
  { label: 'Overview', href: '/', icon: House },
  { label: 'Projects', href: '/projects', icon: FolderClosed },
  { label: 'Builds', href: '/builds', icon: Hammer },
  { label: 'Workbenches', href: '/workbenches', icon: SquareTerminal },
  { label: 'Images', href: '/images', icon: Boxes, also: ['/pushes'] },
  { label: 'Containers', href: '/containers', icon: Container },
  { label: 'Registries', href: '/registries', icon: Warehouse },
];

export const apartDestinations: Destination[] = [
  { label: 'Engine', href: '/engine', icon: Server },
  { label: 'Settings', href: '/settings', icon: Settings2 },
];

/** Destinations that do not fit in a phone's bottom bar. */
export const moreDestinations: Destination[] = [...mainDestinations.slice(4), ...apartDestinations];

export function isCurrent({ href, also = [] }: Destination, path: string): boolean {
  if (href === '/') return path === '/';
  return [href, ...also].some((start) => path === start || path.startsWith(`${start}/`));
}
