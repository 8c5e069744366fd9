import { describe, expect, it } from 'vitest';
import { bridgeName, overlaps, pickSubnet } from './subnet.js';

describe('overlaps', () => {
  it.each([
    ['10.0.0.0/8', '10.213.4.0/24', true],
    ['10.213.4.9/32', '10.213.4.0/24', true],
    ['10.213.4.9', '10.213.4.0/24', true],
    ['10.213.5.0/24', '10.213.4.0/24', false],
    ['192.168.1.77/24', '192.168.1.0/24', true],
    ['0.0.0.0/1', '10.213.4.0/24', true],
    ['128.0.0.0/1', '10.213.4.0/24', false],
  ])('of %s and %s is %s', (one, other, expected) => {
    expect(overlaps(one, other)).toBe(expected);
    expect(overlaps(other, one)).toBe(expected);
  });
});

describe('pickSubnet', () => {
  it('gives the same seed the same subnet, and another seed mostly another', () => {
    expect(pickSubnet([], 'one')).toBe(pickSubnet([], 'one'));
    expect(pickSubnet([], 'one')).toMatch(/^10\.213\.\d+\.0\/24$/);
    expect(pickSubnet([], 'one')).not.toBe(pickSubnet([], 'two'));
  });

  it('skips subnets in use', () => {
    const first = pickSubnet([], 'one') ?? '';
    const second = pickSubnet([first], 'one');
    expect(second).not.toBe(first);
    expect(second).toMatch(/^10\.213\./);
  });

  it('continues in another range if one is in use completely', () => {
    expect(pickSubnet(['10.0.0.0/8'], 'one')).toMatch(/^172\.29\./);
  });

  it('does not take the default route for a network', () => {
    expect(pickSubnet(['0.0.0.0/0', 'default'], 'one')).toMatch(/^10\.213\./);
  });

  it('returns null if everything is in use', () => {
    expect(pickSubnet(['0.0.0.0/1', '128.0.0.0/1'], 'one')).toBeNull();
  });
});

describe('bridgeName', () => {
  it('fits into the 15 characters of a network interface and differs by directory', () => {
    expect(bridgeName('/srv/one/data/engine')).toMatch(/^lw[0-9a-f]{10}$/);
    expect(bridgeName('/srv/one')).not.toBe(bridgeName('/srv/two'));
  });
});
