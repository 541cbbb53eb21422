import { Alert, type MantineSpacing } from '@mantine/core';

/** Above the fields: why what was sent was refused. Null shows nothing. `mb` is the space below, where no stack keeps it. */
export function FormError({ text, mb = 0 }: { text: string | null; mb?: MantineSpacing }) {
  if (text === null) return null;
  return (
    <Alert color="red" variant="light" role="alert" mb={mb}>
      {text}
    </Alert>
  );
}
