/** The same schemas, but what an object has beyond its properties is refused, unless it says what that may be. */
export function closeSchemas<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map(closeSchemas) as T;
  if (typeof schema !== 'object' || schema === null) return schema;
  const closed = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closeSchemas(value)]));
  if (isOpen(schema)) closed['additionalProperties'] = false;
  return closed as T;
}

function isOpen(schema: object): boolean {
  return 'type' in schema && schema.type === 'object' && !('additionalProperties' in schema);
}
