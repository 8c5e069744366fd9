import { SelectField } from '@/app/_components/ui/text-field';
import { type PublishAddress, publishAddresses, publishLabels } from '@/lib/containers/run-choices';

/** The addresses on which a container's ports are published. */
export function PublishOnField({
  value,
  onValueChange,
  error,
}: {
  value: PublishAddress;
  onValueChange: (value: PublishAddress) => void;
  error: string | undefined;
}) {
  return (
    <SelectField
      label="Publish on"
      error={error}
      value={value}
      onValueChange={(chosen) =>
        onValueChange(publishAddresses.find((address) => address === chosen) ?? '127.0.0.1')
      }
      options={publishAddresses.map((address) => ({ value: address, label: publishLabels[address] }))}
    />
  );
}
