import { type ComponentProps, useId } from 'react';
import { Field, type FieldProps } from './field';
import { Input, Textarea } from './input';
import { NativeSelect } from './native-select';

/** A field with one control; other props go to the control. */
type Bound<Control> = Omit<FieldProps, 'children'> &
  Omit<Control, keyof FieldProps | 'onChange' | 'id' | 'list'> & {
    onValueChange: (value: string) => void;
    children?: never;
  };

function fieldProps<Props extends Omit<FieldProps, 'children'>>(props: Props) {
  const { label, hint, error, required, optional, aside, className, ...rest } = props;
  return [{ label, hint, error, required, optional, aside, className }, rest] as const;
}

interface Option {
  value: string;
  label: string;
  disabled?: boolean;
}

const Options = ({ options }: { options: Option[] }) =>
  options.map(({ value, label, disabled }) => (
    <option key={value} value={value} disabled={disabled}>
      {label}
    </option>
  ));

/** `suggestions`: values to select instead of typing. */
export function TextField({
  onValueChange,
  suggestions,
  ...props
}: Bound<ComponentProps<typeof Input>> & { suggestions?: Option[] }) {
  const listId = useId();
  const [field, rest] = fieldProps(props);
  return (
    <Field {...field}>
      {(control) => (
        <>
          <Input
            {...control}
            {...rest}
            list={suggestions && listId}
            onChange={(event) => onValueChange(event.target.value)}
          />
          {suggestions ? (
            <datalist id={listId}>
              <Options options={suggestions} />
            </datalist>
          ) : null}
        </>
      )}
    </Field>
  );
}

export function TextAreaField({ onValueChange, ...props }: Bound<ComponentProps<typeof Textarea>>) {
  const [field, rest] = fieldProps(props);
  return (
    <Field {...field}>
      {(control) => (
        <Textarea {...control} {...rest} onChange={(event) => onValueChange(event.target.value)} />
      )}
    </Field>
  );
}

/** `options`: value and label. */
export function SelectField({
  onValueChange,
  options,
  ...props
}: Bound<ComponentProps<typeof NativeSelect>> & { options: Option[] }) {
  const [field, rest] = fieldProps(props);
  return (
    <Field {...field}>
      {(control) => (
        <NativeSelect {...control} {...rest} onChange={(event) => onValueChange(event.target.value)}>
          <Options options={options} />
        </NativeSelect>
      )}
    </Field>
  );
}
