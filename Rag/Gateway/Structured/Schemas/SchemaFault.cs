namespace AiApp.Rag.Gateway.Structured.Schemas;

/// <summary>
/// What is wrong with a schema or with a value. <paramref name="Path"/> is a JSON pointer, empty for the whole; the message says what was
/// expected and never quotes what stands there.
/// </summary>
public sealed record SchemaFault(string Path, string Message);
