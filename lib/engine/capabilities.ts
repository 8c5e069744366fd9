import type { EngineFacts } from './types';

/** What an engine does in its own way, as values: what is offered and said goes by them, not by names or versions. */
interface Capabilities {
  /** It keeps the compressed layers of an image beside the unpacked ones. */
  keepsCompressedLayers: boolean;
  /** An image for several platforms is one image, of which the engine may have some platforms only. */
  keepsAllPlatforms: boolean;
  /** An image that another one names as its parent loses its names only. */
  parentsStay: boolean;
}

type Kind = Pick<EngineFacts, 'product' | 'store'>;

export const capabilitiesOf = ({ product, store }: Kind): Capabilities => {
  const contentStore = product === 'docker' && store === 'containerd';
  return {
    keepsCompressedLayers: contentStore,
    keepsAllPlatforms: contentStore,
    parentsStay: !contentStore,
  };
};
