const urlEncoded = 'application/x-www-form-urlencoded';
const multipart = 'multipart/form-data';

/** `text/html` of `Text/HTML; charset=utf-8`. */
export const mediaType = (contentType = ''): string => contentType.split(';')[0]?.trim().toLowerCase() ?? '';

export const isForm = (contentType?: string): boolean => [urlEncoded, multipart].includes(mediaType(contentType));

/** The text fields of a form, in either of the ways in which browsers and mail programs post one; none of what can't be read. */
export const formFields = async (body: string, contentType = ''): Promise<URLSearchParams> => {
  if (mediaType(contentType) !== multipart) return new URLSearchParams(body);
  const fields = new URLSearchParams();
  const response = new Response(body, { headers: { 'content-type': contentType } });
  const form = await response.formData().catch(() => new FormData());
  for (const [name, value] of form) if (typeof value === 'string') fields.append(name, value);
  return fields;
};
