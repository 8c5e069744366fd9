import type { EngineFacts } from './types';

/** What an engine does in its own way, as values: what is offered and said goes by them, not by names or versions. */
export interface Capabilities {
  /** It keeps the compressed layers of an image beside the unpacked ones. */
  keepsCompressedLayers: boolean;
  /** An image for several platforms is one image, of which the engine may have some platforms only. */
  keepsAllPlatforms: boolean;
  /** An image that another one names as its parent loses its names only. */
  parentsStay: boolean;
  /** It gives every name a digest at once, whether a registry has the image or not. */
  digestsWithoutRegistry: boolean;
  /** It writes a whole archive of images to its disk before it sends the first byte. */
  savesToDiskFirst: boolean;
}

type Kind = Pick<EngineFacts, 'product' | 'store'>;

export const capabilitiesOf = ({ product, store }: Kind): Capabilities => {
  const contentStore = product === 'docker' && store === 'containerd';
  return {
    keepsCompressedLayers: contentStore,
    keepsAllPlatforms: contentStore,
    parentsStay: !contentStore,
    digestsWithoutRegistry: contentStore,
    savesToDiskFirst: product === 'docker' && !contentStore,
  };
};
